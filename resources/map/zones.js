// What courts forbid, as areas: zones of all cases in world units, drawn hatched for the selected case and as faint outlines for the rest.
import { worldX, worldY, unitsPerMetre } from "./view.js";
import { alpha } from "./base_style.js";

const BAND_SHARE = 0.08; // of the warning colour within the band, and on its outer edge
const EDGE_SHARE = 0.8;

export class Cases {
  constructor() { this.all = new Map(); this.ofDevice = new Map(); this.personOf = new Map(); }
  // Take a case, or its end (null); true when areas have changed.
  put(id, row) {
    const before = this.all.get(id), areas = row === null ? "[]" : JSON.stringify([row.inForce, row.zones]);
    const changed = areas !== (before?.areas ?? "[]");
    if (before) for (const { device } of before.people) this.ofDevice.get(device)?.delete(id);
    if (row === null) { this.all.delete(id); return changed; }
    for (const person of row.people) {
      if (!person.device) continue;
      if (!this.ofDevice.has(person.device)) this.ofDevice.set(person.device, new Set());
      this.ofDevice.get(person.device).add(id);
      this.personOf.set(person.device, person.person);
    }
    this.all.set(id, { ...row, areas, zones: row.zones.filter((z) => z.circle || z.polygons).map(placed) });
    return changed;
  }
}

function placed(zone) {
  if (zone.circle) {
    const [lat, lon, radius] = zone.circle, x = worldX(lon), y = worldY(lat), r = radius * unitsPerMetre(y);
    return { ...zone, x, y, r, warn: (zone.warning ?? 0) * unitsPerMetre(y), box: [x - r, y - r, x + r, y + r] };
  }
  const box = [2, 2, -1, -1];
  const rings = zone.polygons.flat().map((ring) => Float64Array.from(ring.flatMap(([lat, lon]) => {
    const x = worldX(lon), y = worldY(lat);
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    return [x, y];
  })));
  const y = (box[1] + box[3]) / 2;
  return { ...zone, rings, x: (box[0] + box[2]) / 2, y, warn: (zone.warning ?? 0) * unitsPerMetre(y), box };
}

function trace(ctx, zone, scale, dx, dy) {
  ctx.beginPath();
  if (zone.rings) for (const ring of zone.rings) {
    for (let i = 0; i < ring.length; i += 2) ctx[i ? "lineTo" : "moveTo"](ring[i] * scale - dx, ring[i + 1] * scale - dy);
    ctx.closePath();
  } else ctx.arc(zone.x * scale - dx, zone.y * scale - dy, zone.r * scale, 0, 2 * Math.PI);
}

export class ZonePainter {
  setTheme(colours) {
    this.colours = colours;
    this.hatch = new Map();
    this.scratch = new OffscreenCanvas(512, 512);
  }
  pattern(ctx, colour, dx, dy) {
    const key = colour;
    let found = this.hatch.get(key);
    if (!found) {
      const tile = new OffscreenCanvas(10, 10), c = tile.getContext("2d");
      c.strokeStyle = colour; c.lineWidth = 1.1;
      for (const [a, b, d, e] of [[-2, 12, 12, -2], [-7, 7, 7, -7], [3, 17, 17, 3]]) { c.beginPath(); c.moveTo(a, b); c.lineTo(d, e); c.stroke(); }
      found = ctx.createPattern(tile, "repeat");
      this.hatch.set(key, found);
    }
    found.setTransform(new DOMMatrix().translate(-(dx % 10), -(dy % 10)));
    return found;
  }
  static touches(zone, box) {
    return zone.box[2] + zone.warn >= box[0] && zone.box[0] - zone.warn <= box[2] && zone.box[3] + zone.warn >= box[1] && zone.box[1] - zone.warn <= box[3];
  }
  faint(ctx, zone, scale, dx, dy) {
    trace(ctx, zone, scale, dx, dy);
    ctx.strokeStyle = alpha(this.colours.normal, 0.26); ctx.lineWidth = 1; // no filling: where many zones overlap it would hide the map
    ctx.setLineDash(zone.kind === "inclusion" ? [1.5, 3] : zone.inForce ? [] : [6, 4]);
    ctx.stroke(); ctx.setLineDash([]);
  }
  full(ctx, zone, scale, dx, dy) {
    const tone = zone.kind === "inclusion" ? this.colours.normal : this.colours.act;
    if (zone.warn && zone.inForce) this.band(ctx, zone, scale, dx, dy);
    trace(ctx, zone, scale, dx, dy);
    ctx.fillStyle = alpha(tone, zone.inForce ? 0.09 : 0.03); ctx.fill("evenodd");
    if (zone.kind === "exclusion") { ctx.fillStyle = this.pattern(ctx, alpha(tone, zone.inForce ? 0.38 : 0.16), dx, dy); ctx.fill("evenodd"); }
    ctx.strokeStyle = tone; ctx.globalAlpha = zone.inForce ? 1 : 0.6; ctx.lineWidth = 1.6;
    ctx.setLineDash(zone.kind === "inclusion" ? [2, 4] : zone.inForce ? [] : [8, 5]);
    ctx.stroke(); ctx.setLineDash([]); ctx.globalAlpha = 1;
  }
  // The band outside a zone in which its edge is near, however small the zone is against it.
  band(ctx, zone, scale, dx, dy) {
    if (zone.warn * scale < 1.5) return;
    if (zone.rings) this.bandOfOutline(ctx, zone, scale, dx, dy); else this.bandOfCircle(ctx, zone, scale, dx, dy);
  }
  bandOfCircle(ctx, zone, scale, dx, dy) {
    const x = zone.x * scale - dx, y = zone.y * scale - dy, outer = (zone.r + zone.warn) * scale;
    ctx.beginPath();
    ctx.arc(x, y, outer, 0, 2 * Math.PI);
    ctx.moveTo(x + zone.r * scale, y);
    ctx.arc(x, y, zone.r * scale, 0, 2 * Math.PI);
    ctx.fillStyle = alpha(this.colours.look, BAND_SHARE); ctx.fill("evenodd");
    ctx.beginPath();
    ctx.arc(x, y, outer, 0, 2 * Math.PI);
    ctx.strokeStyle = alpha(this.colours.look, EDGE_SHARE); ctx.lineWidth = 1; ctx.stroke();
  }
  // Every edge is stroked by itself: the stroke of a whole outline that is wider than the zone leaves a hole in its own middle.
  bandOfOutline(ctx, zone, scale, dx, dy) {
    const width = zone.warn * scale * 2, c = this.scratch.getContext("2d");
    c.setTransform(1, 0, 0, 1, 0, 0); c.globalCompositeOperation = "source-over"; c.clearRect(0, 0, 512, 512);
    c.lineCap = "round";
    c.beginPath();
    for (const ring of zone.rings) for (let i = 0; i + 3 < ring.length; i += 2) {
      c.moveTo(ring[i] * scale - dx, ring[i + 1] * scale - dy); c.lineTo(ring[i + 2] * scale - dx, ring[i + 3] * scale - dy);
    }
    c.strokeStyle = this.colours.look; c.lineWidth = width; c.stroke();
    c.globalCompositeOperation = "destination-out";
    c.strokeStyle = "#000"; c.lineWidth = width - 2; c.globalAlpha = 1 - BAND_SHARE / EDGE_SHARE; c.stroke(); c.globalAlpha = 1;
    trace(c, zone, scale, dx, dy);
    c.fill("evenodd");
    ctx.globalAlpha = EDGE_SHARE;
    ctx.drawImage(this.scratch, 0, 0);
    ctx.globalAlpha = 1;
  }
}
