// Names on the base map: chosen by rank, placed without touching one another, kept where they were while the zoom stays.
import { labelStyle, palette } from "./base_style.js";
import { release } from "./memory.js";
import { picture, probe } from "./pictures.js";

const SPRITES = 900;
const NEW_A_FRAME = 10;
const MOST = 190;

export class Labels {
  constructor(base) {
    this.base = base;
    this.known = new Map();
    this.sprites = new Map();
    this.placed = [];
    this.stamp = "";
    this.family = "sans-serif";
    this.language = "ko";
  }
  setTheme(tokens, night, family, ratio, police) {
    this.colours = { ...palette(tokens, night), police };
    Object.assign(this, { family, ratio });
    this.placed = []; this.stamp = "";
    this.tidy(0);
  }
  // Give back the pictures of names beyond so many, but for those that stand on the map.
  tidy(most) {
    if (this.sprites.size <= most) return;
    const kept = new Set(this.placed.map((p) => p.sprite));
    for (const [key, sprite] of this.sprites) if (!kept.has(sprite)) { release(sprite.image); this.sprites.delete(key); }
  }
  setLanguage(language) { this.language = language; this.placed = []; this.stamp = ""; }
  take(found) {
    for (const { key, names } of found) this.known.set(key, names);
    while (this.known.size > 300) this.known.delete(this.known.keys().next().value);
    this.visible = found.map((f) => f.key);
    this.stamp = "";
  }
  forget() { this.known.clear(); this.visible = []; this.placed = []; this.stamp = ""; this.asked = ""; }
  // Ask for names and place anew when the view has moved on; cheap otherwise.
  update(view) {
    if (!this.colours) return;
    const zoom = Math.round(view.zoom * 4) / 4;
    const cell = 160;
    const asked = `${Math.floor(zoom)}/${Math.floor(view.left / cell)}/${Math.floor(view.top / cell)}/${view.width}/${view.height}`;
    if (asked !== this.asked && this.base.askNames(zoom, view.box(120))) this.asked = asked;
    const stamp = `${zoom}/${asked}`;
    if (stamp === this.stamp || view.target) return;
    if (this.place(view, zoom)) this.stamp = stamp;
  }
  // True while names wait to be drawn.
  waiting() { return this.stamp === "" && this.visible?.length > 0; }
  candidates(view, zoom) {
    const [west, north, east, south] = view.box(80), found = [];
    const kept = new Set(this.placedZoom === zoom ? this.placed.map((p) => p.id) : []);
    for (const key of this.visible ?? []) for (const name of this.known.get(key) ?? []) {
      if (name.x < west || name.x > east || name.y < north || name.y > south) continue;
      const style = labelStyle(name.kind);
      if (zoom < style.from || zoom > style.to) continue;
      if (name.kind === "country" && name.rank > zoom - 1.4) continue;
      if (name.kind === "district" && name.rank > 2 && zoom < 9.2) continue;
      if (name.kind === "road" && -name.rank < 2 && zoom < 15) continue;
      const text = this.language === "ko" ? name.ko : name.en;
      if (!text) continue;
      const id = `${text}|${name.x.toFixed(7)}|${name.y.toFixed(7)}`;
      found.push({ name, style, text, id, order: style.order * 10 + name.rank - (kept.has(id) ? 2.5 : 0) });
    }
    return found.sort((a, b) => a.order - b.order || (b.name.length ?? 0) - (a.name.length ?? 0));
  }
  // Place anew. Only a few texts are drawn in one frame: with more to draw the names stay as they were, and it goes on in the next.
  place(view, zoom) {
    const taken = new Grid(), said = new Map(), placed = [];
    let left = view.moving ? NEW_A_FRAME : 4 * NEW_A_FRAME;
    this.tidy(3 * SPRITES);
    for (const item of this.candidates(view, zoom)) {
      const { name, style, text } = item, x = view.x(name.x), y = view.y(name.y);
      const near = said.get(text);
      const apart = name.kind === "road" ? 260 : 160;
      if (near && near.some(([nx, ny]) => Math.hypot(nx - x, ny - y) < apart)) continue;
      const sprite = this.sprite(text, style, name.kind, name.angle ?? 0);
      if (name.length !== undefined && name.length * view.scale < sprite.textWidth * 0.94) continue;
      if (name.room !== undefined && name.room * view.scale < sprite.textWidth * 0.8) continue;
      const boxes = boxesOf(x, y, sprite, name.angle ?? 0, style.pad ?? 4);
      if (boxes.some((b) => taken.hits(b))) continue;
      boxes.forEach((b) => taken.add(b));
      if (near) near.push([x, y]); else said.set(text, [[x, y]]);
      if (!sprite.image) {
        if (left-- <= 0) { this.stamp = ""; return false; }
        paintText(sprite, style, this);
      }
      placed.push({ id: item.id, x: name.x, y: name.y, sprite, bounds: hull(boxes, x, y) });
      if (placed.length >= MOST) break;
    }
    this.placed = placed;
    this.placedZoom = zoom;
    return true;
  }
  // Text once drawn is kept as a small bitmap, turned as the street runs.
  sprite(text, style, kind, angle) {
    const turn = Math.round(angle / 0.035) * 0.035;
    const key = `${text}|${kind}|${turn}`;
    const found = this.sprites.get(key);
    if (found) return found;
    const sprite = measuredText(text, style, turn, this.family);
    this.sprites.set(key, sprite);
    return sprite;
  }
  // `avoid`: rectangles of what lies above, whose ground no name may share; one that would be cut at the edge is not begun.
  draw(ctx, view, avoid) {
    for (const label of this.placed) {
      const x = Math.round(view.x(label.x)), y = Math.round(view.y(label.y)), b = label.bounds;
      if (x + b[0] < 0 || y + b[1] < 0 || x + b[2] > view.width || y + b[3] > view.height) continue;
      if (avoid.some((r) => x + b[0] < r[2] && x + b[2] > r[0] && y + b[1] < r[3] && y + b[3] > r[1])) continue;
      const s = label.sprite;
      ctx.drawImage(s.image, x - s.cx, y - s.cy, s.width, s.height);
    }
  }
}

class Grid {
  constructor() { this.cells = new Map(); }
  each(box, take) {
    for (let cy = Math.floor(box[1] / 64); cy <= Math.floor(box[3] / 64); cy++) {
      for (let cx = Math.floor(box[0] / 64); cx <= Math.floor(box[2] / 64); cx++) if (take(cx * 4096 + cy)) return true;
    }
    return false;
  }
  hits(box) {
    return this.each(box, (key) => (this.cells.get(key) ?? []).some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]));
  }
  add(box) {
    this.each(box, (key) => { const list = this.cells.get(key); if (list) list.push(box); else this.cells.set(key, [box]); return false; });
  }
}

function boxesOf(x, y, sprite, angle, pad) {
  const h = sprite.textHeight / 2 + pad, w = sprite.textWidth / 2 + pad;
  if (!angle) return [[x - w, y - sprite.rise - pad, x + w, y + sprite.fall + pad]];
  const n = Math.max(1, Math.ceil(w / h)), boxes = [];
  for (let i = 0; i < n; i++) {
    const along = -w + ((2 * i + 1) * w) / n, bx = x + Math.cos(angle) * along, by = y + Math.sin(angle) * along;
    boxes.push([bx - h, by - h, bx + h, by + h]);
  }
  return boxes;
}

function hull(boxes, x, y) {
  return [Math.min(...boxes.map((b) => b[0])) - x, Math.min(...boxes.map((b) => b[1])) - y, Math.max(...boxes.map((b) => b[2])) - x, Math.max(...boxes.map((b) => b[3])) - y];
}

// Break a long name once, near its middle, at a space.
function linesOf(text, angle) {
  if (angle || text.length < 15 || !text.includes(" ")) return [text];
  const middle = text.length / 2;
  let best = -1;
  for (let i = 0; i < text.length; i++) if (text[i] === " " && (best < 0 || Math.abs(i - middle) < Math.abs(best - middle))) best = i;
  return [text.slice(0, best), text.slice(best + 1)];
}

function measuredText(text, style, angle, family) {
  const lines = linesOf(text, angle), font = `${style.bold ? 700 : 400} ${style.size}px ${family}`;
  probe.font = font;
  probe.letterSpacing = style.spaced ? "1.5px" : "0px";
  const width = Math.ceil(Math.max(...lines.map((l) => probe.measureText(l).width))), step = style.size * 1.2;
  const icon = style.icon ? 9 : 0, tall = lines.length * step, total = tall + icon;
  const cos = Math.abs(Math.cos(angle)), sin = Math.abs(Math.sin(angle));
  const w = Math.ceil(width * cos + tall * sin) + 12, h = Math.ceil(width * sin + total * cos) + 12;
  const cx = w / 2, cy = icon ? icon / 2 + 6 : h / 2;
  return {
    image: null, lines, font, angle, step, icon, width: w, height: h, cx: Math.round(cx), cy: Math.round(cy), textWidth: width, textHeight: style.size,
    rise: icon ? icon / 2 : tall / 2, fall: icon ? icon / 2 + tall : tall / 2,
  };
}

function paintText(sprite, style, { colours, ratio }) {
  const { lines, font, angle, step, icon, width: w, height: h } = sprite;
  sprite.image = picture(w, h, ratio, (ctx) => {
    ctx.translate(w / 2, icon ? icon / 2 + 6 : h / 2);
    if (icon) drawIcon(ctx, style.icon, colours);
    ctx.rotate(angle);
    ctx.font = font; ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
    if (style.spaced) ctx.letterSpacing = "1.5px";
    ctx.strokeStyle = colours.halo; ctx.lineWidth = 3; ctx.fillStyle = colours[style.tone] ?? colours.label;
    lines.forEach((line, i) => {
      const y = icon ? icon / 2 + step * (i + 0.5) : (i - (lines.length - 1) / 2) * step;
      ctx.globalAlpha = 0.85; ctx.strokeText(line, 0, y);
      ctx.globalAlpha = 1; ctx.fillText(line, 0, y);
    });
  });
}

function drawIcon(ctx, icon, colours) {
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colours.halo;
  ctx.fillStyle = icon === "police" ? colours.police : colours.label;
  ctx.beginPath();
  if (icon === "station") { ctx.roundRect(-4, -4, 8, 8, 2); ctx.fillStyle = colours.halo; ctx.strokeStyle = colours.labelStrong; }
  else if (icon === "police") { ctx.moveTo(0, -4.5); ctx.lineTo(4.5, 0); ctx.lineTo(0, 4.5); ctx.lineTo(-4.5, 0); ctx.closePath(); }
  else if (icon === "entrance") ctx.rect(-2.5, -2.5, 5, 5);
  else ctx.arc(0, 0, 2.4, 0, 7);
  ctx.fill(); ctx.stroke();
}
