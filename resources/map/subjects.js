// Everybody's newest position: typed arrays by slot, moved on screen only between one frame and the next, never beyond.
import { worldX, worldY, unitsPerMetre } from "./view.js";
import { CELL, ROWS_A_LEVEL, Sprites } from "./sprites.js";

const HEADER = 24;
const CLUSTER_BELOW = 10.9;
const ALL_BELOW = 9;
export const UNSURE_M = 50;
const SMALL_BELOW = 13.4;
const CLUSTER_CELL = 64;
const CLUSTER_FROM = 3;
export const LIVE = 0, LATE = 1, STALE = 2, LOST = 3;
const FLOATS = ["fromX", "fromY", "toX", "toY", "measuredS"];
const SINGLES = ["accuracy", "speed", "course", "reach", "px", "py"];
const BYTES = ["fresh", "part", "level", "seen", "shown", "row", "urgent"];

export class Subjects {
  constructor() {
    this.capacity = 0;
    this.ids = [];
    this.slotOf = new Map();
    this.rosterNumber = -1;
    this.slotOfRow = new Int32Array(0);
    this.order = new Int32Array(0);
    this.n = 0;
    this.frame = 0; this.atUs = 0; this.arrivedMs = 0; this.spanMs = 200;
    this.clusters = [];
    this.clusterZoom = -1;
    this.selected = new Set();
    this.doubtful = [];
    this.reserve(256);
  }
  reserve(wanted) {
    if (wanted <= this.capacity) return;
    const capacity = Math.max(wanted, this.capacity * 2);
    const grown = (name, Type) => { const next = new Type(capacity); if (this[name]) next.set(this[name]); this[name] = next; };
    FLOATS.forEach((n) => grown(n, Float64Array));
    SINGLES.forEach((n) => grown(n, Float32Array));
    BYTES.forEach((n) => grown(n, Uint8Array));
    grown("column", Uint8Array);
    grown("clusterOf", Int32Array);
    this.capacity = capacity;
  }
  setRoster(number, devices) {
    this.rosterNumber = number;
    this.slotOfRow = new Int32Array(devices.length);
    devices.forEach((id, row) => {
      let slot = this.slotOf.get(id);
      if (slot === undefined) {
        slot = this.ids.length;
        this.ids.push(id);
        this.slotOf.set(id, slot);
        this.reserve(slot + 1);
      }
      this.slotOfRow[row] = slot;
    });
  }
  // Whether a frame's list of devices has not come yet (it will, on the other pull), or is one that has been replaced since.
  early(buffer) { return new DataView(buffer).getUint32(8, true) > this.rosterNumber; }
  // Take a frame as it came over the private scheme; one of a replaced list of devices is passed over, a newer one is on its way.
  take(buffer, nowMs) {
    const head = new DataView(buffer), n = head.getUint32(0, true), roster = head.getUint32(8, true);
    if (roster !== this.rosterNumber || n !== this.slotOfRow.length) return false;
    const lat = new Float64Array(buffer, HEADER, n), lon = new Float64Array(buffer, HEADER + 8 * n, n), measured = new Uint32Array(buffer, HEADER + 16 * n, 2 * n);
    const single = (i) => new Float32Array(buffer, HEADER + 24 * n + 4 * n * i, n), byte = (i) => new Uint8Array(buffer, HEADER + 40 * n + n * i, n);
    const accuracy = single(0), speed = single(1), course = single(2), reach = single(3), fresh = byte(0), part = byte(1), level = byte(2);
    const part01 = this.progress(nowMs);
    this.spanMs = this.frame ? Math.min(1000, Math.max(50, nowMs - this.arrivedMs)) : 50;
    this.seen.fill(0);
    this.doubtful.length = 0;
    for (let row = 0; row < n; row++) {
      const slot = this.slotOfRow[row], x = worldX(lon[row]), y = worldY(lat[row]);
      const known = this.toX[slot] !== 0, jump = Math.hypot(x - this.toX[slot], y - this.toY[slot]) > 150 * unitsPerMetre(y);
      if (known && !jump && this.fresh[slot] < STALE) {
        this.fromX[slot] += (this.toX[slot] - this.fromX[slot]) * part01;
        this.fromY[slot] += (this.toY[slot] - this.fromY[slot]) * part01;
      } else { this.fromX[slot] = x; this.fromY[slot] = y; }
      this.toX[slot] = x; this.toY[slot] = y;
      this.measuredS[slot] = (measured[2 * row] + measured[2 * row + 1] * 4294967296) / 1e6;
      this.accuracy[slot] = accuracy[row]; this.speed[slot] = speed[row]; this.course[slot] = course[row]; this.reach[slot] = reach[row];
      this.fresh[slot] = fresh[row]; this.part[slot] = part[row]; this.level[slot] = level[row]; this.seen[slot] = 1;
      if (fresh[row] >= STALE || accuracy[row] >= UNSURE_M) this.doubtful.push(slot);
      this.column[slot] = Sprites.column(part[row], course[row]);
      this.row[slot] = level[row] * ROWS_A_LEVEL + (fresh[row] >= STALE ? 2 : 0);
    }
    this.n = n; this.frame = head.getUint32(4, true); this.atUs = head.getFloat64(16, true); this.arrivedMs = nowMs;
    this.sort();
    this.clusterZoom = -1;
    return true;
  }
  // Drawing order: the calm first, protected before wearers, what needs a person last and on top.
  sort() {
    const counts = new Uint32Array(12), rank = (s) => [0, 2, 3, 1, 4][this.level[s]] * 2 + (this.part[s] === 1 ? 0 : 1);
    if (this.order.length !== this.n) this.order = new Int32Array(this.n);
    for (const slot of this.slotOfRow) counts[rank(slot) + 1]++;
    for (let i = 1; i < 12; i++) counts[i] += counts[i - 1];
    for (const slot of this.slotOfRow) this.order[counts[rank(slot)]++] = slot;
  }
  progress(nowMs) { return Math.min(1, (nowMs - this.arrivedMs) / this.spanMs); }
  moving(nowMs) { return this.frame > 0 && nowMs - this.arrivedMs < this.spanMs + 20; }
  // Where each stands on screen now.
  project(view, nowMs) {
    const share = this.progress(nowMs), { fromX, fromY, toX, toY, px, py, shown, order, n } = this, { scale, left, top, width, height } = view;
    for (let i = 0; i < n; i++) {
      const slot = order[i];
      const x = (fromX[slot] + (toX[slot] - fromX[slot]) * share) * scale - left, y = (fromY[slot] + (toY[slot] - fromY[slot]) * share) * scale - top;
      px[slot] = x; py[slot] = y;
      shown[slot] = x > -CELL && y > -CELL && x < width + CELL && y < height + CELL ? 1 : 0;
    }
  }
  worldOf(slot, nowMs) {
    const share = this.progress(nowMs);
    return [this.fromX[slot] + (this.toX[slot] - this.fromX[slot]) * share, this.fromY[slot] + (this.toY[slot] - this.fromY[slot]) * share];
  }
  // Far out, the calm ones that stand close together are counted in one mark; from the whole country alarms too, with a count of their own. The selected never disappear into a number.
  cluster(view, wanted) {
    const zoom = wanted && view.zoom < CLUSTER_BELOW ? Math.floor(view.zoom * 2) / 2 : 99;
    if (zoom === this.clusterZoom) return;
    this.clusterZoom = zoom;
    this.clusters = [];
    this.clusterOf.fill(-1);
    if (zoom === 99) return;
    const cells = new Map(), size = CLUSTER_CELL / (256 * 2 ** zoom);
    for (let i = 0; i < this.n; i++) {
      const slot = this.order[i];
      if (this.selected.has(slot) || (zoom >= ALL_BELOW && this.level[slot] !== 0 && this.level[slot] !== 3)) continue;
      const key = Math.floor(this.toX[slot] / size) * 2097152 + Math.floor(this.toY[slot] / size);
      const cell = cells.get(key);
      if (cell) cell.push(slot); else cells.set(key, [slot]);
    }
    for (const slots of cells.values()) {
      if (slots.length < CLUSTER_FROM) continue;
      let x = 0, y = 0, act = 0, look = 0;
      for (const slot of slots) {
        x += this.toX[slot]; y += this.toY[slot];
        this.clusterOf[slot] = this.clusters.length;
        if (this.level[slot] === 2 || this.level[slot] === 4) act++; else if (this.level[slot] === 1) look++;
      }
      this.clusters.push({ x: x / slots.length, y: y / slots.length, n: slots.length, act, look, slots });
    }
  }
  draw(ctx, sprites, view) {
    const small = view.zoom < SMALL_BELOW ? 1 : 0;
    const { order, n, shown, clusterOf, column, row, px, py } = this, s = CELL * sprites.ratio, half = CELL / 2, image = sprites.image;
    for (let i = 0; i < n; i++) {
      const slot = order[i];
      if (shown[slot] === 0 || clusterOf[slot] >= 0) continue;
      ctx.drawImage(image, column[slot] * s, (row[slot] + (row[slot] < ROWS_A_LEVEL ? small : 0)) * s, s, s, Math.round(px[slot]) - half, Math.round(py[slot]) - half, CELL, CELL);
    }
  }
  drawClusters(ctx, view, colours, family) {
    ctx.textAlign = "center"; ctx.textBaseline = "middle";
    for (const c of this.clusters) {
      const x = Math.round(view.x(c.x)), y = Math.round(view.y(c.y)), r = clusterRadius(c.n);
      if (x < -r || y < -r || x > view.width + r || y > view.height + r) continue;
      ctx.beginPath(); ctx.arc(x, y, r, 0, 7);
      ctx.strokeStyle = colours.outline; ctx.lineWidth = 4; ctx.globalAlpha = 0.6; ctx.stroke();
      ctx.fillStyle = colours.raised; ctx.globalAlpha = 0.94; ctx.fill(); ctx.globalAlpha = 1;
      ctx.strokeStyle = c.act ? colours.act : c.look ? colours.look : colours.normal; ctx.lineWidth = c.act ? 2.2 : 1.5; ctx.stroke();
      ctx.font = `700 ${c.n > 999 ? 11 : 12}px ${family}`; ctx.fillStyle = colours.text;
      ctx.fillText(c.n.toLocaleString("en"), x, y + 0.5);
      let left = x + r * 0.55;
      for (const [n, tone, sign] of [[c.act, colours.act, "▲"], [c.look, colours.look, "◆"]]) if (n) left += badge(ctx, left, y - r * 0.86, `${sign}${n}`, tone, colours, family) + 2;
    }
  }
  // Rectangles of clusters on screen, for names to keep off.
  clusterBoxes(view) {
    return this.clusters.map((c) => { const x = view.x(c.x), y = view.y(c.y), r = clusterRadius(c.n); return [x - r, y - r, x + r, y + r]; });
  }
  // The symbol under a point, the more urgent before the nearer; or a cluster.
  at(view, x, y) {
    let best = -1, least = 15;
    for (let i = 0; i < this.n; i++) {
      const slot = this.order[i];
      if (!this.shown[slot] || this.clusterOf[slot] >= 0) continue;
      const far = Math.hypot(this.px[slot] - x, this.py[slot] - y) - (this.level[slot] ? 3 : 0);
      if (far <= least) { least = far; best = slot; }
    }
    if (best >= 0) return { slot: best };
    const cluster = this.clusters.find((c) => Math.hypot(view.x(c.x) - x, view.y(c.y) - y) < clusterRadius(c.n));
    return cluster ? { cluster } : null;
  }
}

function clusterRadius(n) { return 11 + 2.2 * Math.log2(n); }

function badge(ctx, x, y, text, tone, colours, family) {
  ctx.font = `700 11px ${family}`;
  const width = Math.ceil(ctx.measureText(text).width) + 8;
  ctx.beginPath(); ctx.roundRect(x, y - 8, width, 16, 4);
  ctx.fillStyle = colours.ground; ctx.fill(); ctx.strokeStyle = tone; ctx.lineWidth = 1.3; ctx.stroke();
  ctx.fillStyle = tone; ctx.fillText(text, x + width / 2, y + 0.5);
  return width;
}
