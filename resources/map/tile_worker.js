// Draws base map tiles off the main thread: pulls vector tiles, decodes them, paints 512-pixel pieces at the exact zoom, and finds where names fit.
import { readTile } from "./mvt.js";
import { keepTidy } from "./memory.js";
import { adapted } from "./schema.js";
import { at, isLink, palette, roadStyle } from "./base_style.js";

const PIECE = 512;
const CACHE = 240;
let sources = [];
let colours = null;
let ratio = 1;
// One canvas for all pieces: a canvas of its own for each would keep its pixels until the memory is next tidied.
const sheet = new OffscreenCanvas(1, 1), pen = sheet.getContext("2d", { alpha: false });
const decoded = new Map();

async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function load(key) {
  try {
    const bytes = new Uint8Array(await (await fetch(`base/${key}`)).arrayBuffer());
    return bytes.length ? adapted(readTile(await unpacked(bytes))) : null;
  } catch { return null; }
}

function tile(key) {
  let found = decoded.get(key);
  if (found) { decoded.delete(key); decoded.set(key, found); return found; }
  found = load(key);
  decoded.set(key, found);
  if (decoded.size > CACHE) decoded.delete(decoded.keys().next().value);
  return found;
}

// Whether an imported map that stands in for this one is there at a place.
function replaced(source, zoom, x, y) {
  return sources.some((s) => s.replaces.includes(source.name) && zoom >= s.min && x > s.box[0] && x < s.box[2] && y > s.box[1] && y < s.box[3]);
}

// Which data tiles of a source cover a world rectangle (0…1) for drawing at `zoom`.
export function covering(source, zoom, box) {
  let z = Math.min(source.max, Math.floor(zoom + 0.001));
  if (z < source.min) return [];
  const [west, north, east, south] = source.box;
  const inside = box[2] > west && box[0] < east && box[3] > north && box[1] < south;
  if (!inside || z > source.max) { if (source.world < 0) return []; z = Math.min(z, source.world); }
  const n = 2 ** z, found = [];
  for (let y = Math.max(0, Math.floor(box[1] * n)); y <= Math.min(n - 1, Math.floor(box[3] * n)); y++) {
    for (let x = Math.floor(box[0] * n); x <= Math.floor(box[2] * n); x++) {
      const wrapped = ((x % n) + n) % n;
      if (replaced(source, zoom, (wrapped + 0.5) / n, (y + 0.5) / n)) continue;
      found.push({ key: `${source.name}/${z}/${wrapped}/${y}`, z, x, y });
    }
  }
  return found;
}

function trace(ctx, part, scale, dx, dy) {
  ctx.moveTo(part[0] * scale + dx, part[1] * scale + dy);
  for (let i = 2; i < part.length; i += 2) ctx.lineTo(part[i] * scale + dx, part[i + 1] * scale + dy);
}

// The outline of an area without the edges that only a tile's cut made.
function traceUncut(ctx, part, scale, dx, dy) {
  const beyond = (a, b) => (a <= 0 && b <= 0) || (a >= 1 && b >= 1);
  let down = false;
  for (let i = 2; i < part.length; i += 2) {
    if (beyond(part[i - 2], part[i]) || beyond(part[i - 1], part[i + 1])) { down = false; continue; }
    if (!down) ctx.moveTo(part[i - 2] * scale + dx, part[i - 1] * scale + dy);
    ctx.lineTo(part[i] * scale + dx, part[i + 1] * scale + dy);
    down = true;
  }
}

class Painter {
  constructor(ctx, zoom, tiles, origin, size) {
    Object.assign(this, { ctx, zoom, tiles, origin, size });
  }
  // The features of a layer in one tile as a path; `wanted` filters.
  path({ layers, z, x, y }, layer, wanted, outline) {
    const features = layers.get(layer), ctx = this.ctx;
    if (!features) return false;
    const scale = this.size / 2 ** z, dx = x * scale - this.origin[0], dy = y * scale - this.origin[1];
    let any = false;
    for (const feature of features) {
      if (wanted && !wanted(feature.said)) continue;
      for (const part of feature.parts) { (outline && feature.type === 3 ? traceUncut : trace)(ctx, part, scale, dx, dy); any = true; }
    }
    return any;
  }
  // Areas are filled tile by tile, each within its own square: their margins overlap.
  fill(layer, colour, wanted) {
    const { ctx } = this;
    for (const tile of this.tiles) {
      if (!tile.layers.has(layer)) continue;
      const side = this.size / 2 ** tile.z, left = tile.x * side - this.origin[0], top = tile.y * side - this.origin[1];
      ctx.save();
      ctx.beginPath();
      ctx.rect(Math.round(left), Math.round(top), Math.round(left + side) - Math.round(left), Math.round(top + side) - Math.round(top));
      ctx.clip();
      ctx.beginPath();
      if (this.path(tile, layer, wanted)) { ctx.fillStyle = colour; ctx.fill("evenodd"); }
      ctx.restore();
    }
  }
  line(layer, colour, width, wanted, dash = []) {
    if (width <= 0) return;
    const { ctx } = this;
    let any = false;
    ctx.beginPath();
    for (const tile of this.tiles) any = this.path(tile, layer, wanted, true) || any;
    if (!any) return;
    ctx.strokeStyle = colour; ctx.lineWidth = width; ctx.setLineDash(dash);
    ctx.stroke(); ctx.setLineDash([]);
  }
  ground() {
    const { ctx, zoom } = this;
    ctx.fillStyle = colours.water;
    ctx.fillRect(0, 0, PIECE, PIECE);
    this.fill("land", zoom < 9 ? colours.landFar : colours.land, (s) => s.class === "world");
    this.fill("land", colours.land, (s) => s.class !== "world");
    if (zoom < 9) this.line("land", colours.coast, 0.7);
    this.fill("green", colours.green);
    this.fill("water", colours.water);
    this.line("waterway", colours.water, at([[11, 1], [15, 4], [18, 12]], zoom), null);
  }
  borders() {
    const { zoom } = this;
    if (zoom >= 11.6) this.line("border", colours.borderFaint, 0.8, (s) => s.class === "dong", [2, 3]);
    if (zoom >= 7.6) this.line("border", zoom < 9.5 ? colours.borderFaint : colours.border, zoom < 10 ? 0.7 : 1, (s) => s.class === "district", zoom > 9.5 ? [6, 3] : []);
    this.line("border", zoom < 7 ? colours.border : colours.borderStrong, zoom < 8 ? 0.9 : 1.2, (s) => s.class === "province", zoom > 9 ? [9, 3, 2, 3] : []);
    this.line("border", colours.borderStrong, zoom < 5 ? 0.7 : 1.2, (s) => s.class === "country", []);
  }
  buildings() {
    if (this.zoom < 14) return;
    this.fill("building", colours.building);
    if (this.zoom >= 15.5) this.line("building", colours.buildingEdge, 0.7);
  }
  rails() {
    const { zoom } = this, width = at([[10, 0.7], [14, 1.2], [17, 2.4]], zoom);
    const tram = (s) => s.class === "tram";
    this.ctx.lineCap = "butt";
    this.line("rail", colours.rail, width, (s) => s.tunnel, [5, 4]);
    this.line("rail", colours.rail, width, (s) => !s.tunnel && !tram(s));
    if (zoom >= 16) this.line("rail", colours.rail, width + 3, (s) => !s.tunnel && !tram(s), [1.5, 8]);
  }
  trams() {
    if (this.zoom >= 15) this.line("rail", colours.borderFaint, 1, (s) => s.class === "tram" && !s.tunnel);
  }
  roads() {
    const { zoom } = this, ranks = [-1, 0, 1, 2, 3, 4, 5, 6];
    const styles = new Map();
    for (const { layers } of this.tiles) {
      for (const { said } of layers.get("road") ?? []) styles.set(said.class, roadStyle(String(said.class)));
    }
    this.ctx.lineCap = "round";
    const drawn = ranks.map((rank) => [...styles].filter(([, s]) => s.rank === rank && zoom >= s.from));
    const width = (style, kind) => at(style.width, zoom) * (isLink(kind) ? 0.6 : 1);
    if (zoom >= 12.5) {
      for (const level of drawn) for (const [kind, style] of level) {
        if (style.dash || width(style, kind) < 1.6) continue;
        this.line("road", style.rank > 3 ? colours.casingMajor : colours.casing, width(style, kind) + (zoom > 15 ? 2 : 1.4), (s) => s.class === kind && !s.tunnel);
      }
    }
    for (const level of drawn) for (const [kind, style] of level) {
      const dash = style.dash ?? [];
      this.line("road", colours[style.tone], width(style, kind), (s) => s.class === kind && !s.tunnel, dash);
      this.line("road", colours.borderFaint, width(style, kind) * 0.8, (s) => s.class === kind && s.tunnel, [4, 4]);
    }
  }
}

function paintAll(painter) {
  painter.ground(); painter.borders(); painter.buildings(); painter.rails(); painter.roads(); painter.trams();
}

async function paint({ id, zoom, x, y }) {
  const size = 256 * 2 ** zoom, origin = [x * PIECE, y * PIECE];
  const margin = 24;
  const box = [(origin[0] - margin) / size, (origin[1] - margin) / size, (origin[0] + PIECE + margin) / size, (origin[1] + PIECE + margin) / size];
  const wanted = sources.flatMap((source) => covering(source, zoom, box));
  const layers = await Promise.all(wanted.map((w) => tile(w.key)));
  const tiles = wanted.map((w, i) => ({ ...w, layers: layers[i] })).filter((t) => t.layers);
  sheet.width = sheet.height = PIECE * ratio;
  pen.scale(ratio, ratio);
  pen.lineJoin = "round"; pen.lineCap = "butt";
  const painter = new Painter(pen, zoom, tiles, origin, size);
  try { paintAll(painter); } catch { /* what a strange tile breaks is missing from this piece; the piece itself must come */ }
  const image = sheet.transferToImageBitmap();
  postMessage({ kind: "piece", id, image }, [image]);
}

// The straightest long run of a line: its middle, direction and length in world units, or null for a short line.
function straightRun(part, scale) {
  let best = null;
  const n = part.length / 2;
  for (let start = 0; start < n - 1; start++) {
    const x0 = part[2 * start], y0 = part[2 * start + 1];
    const first = Math.atan2(part[2 * start + 3] - y0, part[2 * start + 2] - x0);
    let end = start + 1;
    while (end + 1 < n) {
      const turn = Math.atan2(part[2 * end + 3] - part[2 * end + 1], part[2 * end + 2] - part[2 * end]) - first;
      if (Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > 0.3) break;
      end++;
    }
    const dx = part[2 * end] - x0, dy = part[2 * end + 1] - y0, length = Math.hypot(dx, dy);
    if (!best || length > best.length) best = { x: x0 + dx / 2, y: y0 + dy / 2, angle: Math.atan2(dy, dx), length };
  }
  if (!best) return null;
  if (best.angle > Math.PI / 2) best.angle -= Math.PI;
  if (best.angle <= -Math.PI / 2) best.angle += Math.PI;
  return { ...best, length: best.length * scale };
}

function areaCentre(part) {
  let west = 2, east = -2, north = 2, south = -2;
  for (let i = 0; i < part.length; i += 2) {
    west = Math.min(west, part[i]); east = Math.max(east, part[i]);
    north = Math.min(north, part[i + 1]); south = Math.max(south, part[i + 1]);
  }
  return { x: (west + east) / 2, y: (north + south) / 2, length: east - west };
}

const within = (p) => p.x >= 0 && p.x < 1 && p.y >= 0 && p.y < 1;

function namesOf(layers, z, x, y) {
  const scale = 1 / 2 ** z, found = [];
  const push = (kind, said, spot, extra = {}) => {
    const ko = said["name:ko"] ?? said.name ?? said.ref ?? "", en = said["name:en"] ?? said["name:latin"] ?? said["name_en"] ?? ko;
    if ((ko || en) && within(spot)) found.push({ kind, ko: String(ko), en: String(en), rank: Number(said.rank ?? 3), x: (x + spot.x) * scale, y: (y + spot.y) * scale, ...extra });
  };
  for (const layer of ["place", "poi"]) for (const { said, parts } of layers.get(layer) ?? []) {
    if (parts[0]) push(String(said.class), said, { x: parts[0][0], y: parts[0][1] });
  }
  for (const { said, parts } of [...(layers.get("road") ?? []), ...(layers.get("road_name") ?? [])]) {
    if (!said.name && !said.ref) continue;
    for (const part of parts) {
      const run = straightRun(part, scale);
      if (run) push("road", said, run, { angle: run.angle, length: run.length, rank: -roadStyle(String(said.class)).rank });
    }
  }
  for (const kind of ["green", "water", "building"]) for (const { said, parts } of layers.get(kind) ?? []) {
    if (!said.name || !parts[0]) continue;
    const centre = areaCentre(parts[0]);
    push(kind, said, centre, { room: centre.length * scale });
  }
  return found;
}

function safeNames(layers, { z, x, y }) {
  try { return layers ? namesOf(layers, z, x, y) : []; } catch { return []; }
}

async function names({ zoom, box }) {
  const wanted = sources.flatMap((source) => covering(source, zoom, box));
  const layers = await Promise.all(wanted.map((w) => tile(w.key)));
  const found = wanted.map((w, i) => ({ key: w.key, names: safeNames(layers[i], w) }));
  postMessage({ kind: "names", found });
}

// Names in a box, for a question of its own, whatever the map shows.
async function nearby({ id, zoom, box }) {
  const wanted = sources.flatMap((source) => covering(source, zoom, box));
  const layers = await Promise.all(wanted.map((w) => tile(w.key)));
  postMessage({ kind: "nearby", id, names: wanted.flatMap((w, i) => safeNames(layers[i], w)) });
}

keepTidy();
onmessage = ({ data }) => {
  if (data.kind === "sources") { sources = data.sources; decoded.clear(); }
  else if (data.kind === "theme") { colours = palette(data.tokens, data.night); ratio = data.ratio; }
  else if (data.kind === "paint") paint(data);
  else if (data.kind === "names") names(data);
  else if (data.kind === "nearby") nearby(data);
};
