// The way that everybody came: positions already shown, kept for half an hour and thinned; and the recorded tracks of the selected case.
import { releaseArrays } from "./memory.js";
import { unitsPerMetre } from "./view.js";

const KEEP = 72;
const KEEP_S = 1800;
const STEP_S = 8;
const FINE = 2 ** 31; // ways are kept in whole parts of a world unit, of two centimetres, and in whole seconds: half the memory
const LEAST_M = 6; // a still person's noise is no way that somebody came
export const GAP_S = 150;

export class Trails {
  constructor() { this.capacity = 0; this.tracks = []; this.added = []; }
  reserve(wanted) {
    if (wanted <= this.capacity) return;
    const capacity = Math.max(wanted, 256, this.capacity * 2);
    const grown = (name, Type, per) => { const next = new Type(capacity * per); if (this[name]) next.set(this[name]); this[name] = next; };
    for (const name of ["x", "y", "t"]) grown(name, Uint32Array, KEEP);
    grown("head", Uint16Array, 1); grown("count", Uint16Array, 1);
    for (const name of ["west", "north", "east", "south"]) grown(name, Float64Array, 1);
    this.capacity = capacity;
  }
  // Remember where the frame shows everybody; `added` lists the new segments for drawing.
  remember(subjects) {
    this.reserve(subjects.capacity);
    this.added.length = 0;
    for (const slot of subjects.slotOfRow) {
      if (subjects.fresh[slot] >= 2) continue;
      const x = subjects.toX[slot], y = subjects.toY[slot], t = subjects.measuredS[slot], base = slot * KEEP;
      const last = this.count[slot] ? base + ((this.head[slot] + KEEP - 1) % KEEP) : -1;
      if (last >= 0) {
        const waited = t - this.t[last];
        if (waited < STEP_S) { if (waited < 0) this.count[slot] = 0; continue; }
        const beforeX = this.x[last] / FINE, beforeY = this.y[last] / FINE;
        if (Math.hypot(x - beforeX, y - beforeY) < Math.max(LEAST_M, subjects.accuracy[slot]) * unitsPerMetre(y)) { if (waited < GAP_S) continue; }
        if (waited < GAP_S) this.added.push(slot, beforeX, beforeY, x, y);
      }
      const at = base + this.head[slot];
      this.x[at] = x * FINE; this.y[at] = y * FINE; this.t[at] = t;
      this.head[slot] = (this.head[slot] + 1) % KEEP;
      this.count[slot] = Math.min(KEEP, this.count[slot] + 1);
      this.bound(slot, x, y);
    }
  }
  bound(slot, x, y) {
    if (this.count[slot] === 1) { this.west[slot] = this.east[slot] = x; this.north[slot] = this.south[slot] = y; return; }
    this.west[slot] = Math.min(this.west[slot], x); this.east[slot] = Math.max(this.east[slot], x);
    this.north[slot] = Math.min(this.north[slot], y); this.south[slot] = Math.max(this.south[slot], y);
  }
  forget() { this.count?.fill(0); this.head?.fill(0); }
  touches(slot, box) {
    return this.count[slot] > 1 && this.east[slot] >= box[0] && this.west[slot] <= box[2] && this.south[slot] >= box[1] && this.north[slot] <= box[3];
  }
  // The trails of some as one path, in pixels of a piece.
  path(ctx, subjects, slots, scale, dx, dy) {
    const fine = scale / FINE;
    let any = false;
    ctx.beginPath();
    for (const slot of slots) {
      const n = this.count[slot];
      const base = slot * KEEP, first = (this.head[slot] + KEEP - n) % KEEP;
      let before = -1;
      for (let i = 0; i < n; i++) {
        const at = base + ((first + i) % KEEP), t = this.t[at];
        if (subjects.measuredS[slot] - t > KEEP_S) continue;
        const px = this.x[at] * fine - dx, py = this.y[at] * fine - dy;
        if (before < 0 || t - before > GAP_S) ctx.moveTo(px, py); else ctx.lineTo(px, py);
        before = t; any = true;
      }
    }
    return any;
  }
  setTracks(tracks) {
    for (const gone of this.tracks) if (!tracks.includes(gone)) releaseArrays(gone.x, gone.y, gone.t, gone.speed, gone.rejected);
    this.tracks = tracks;
  }
}

export const SPEEDS = [0.6, 2, 5, 12];
const CASED = 1500;
function bucket(speed) { let i = 0; while (i < SPEEDS.length && speed >= SPEEDS[i]) i++; return i; }

// A track coloured by speed; points closer than a pixel are passed over, a gap in time is a gap.
export function drawTrack(ctx, track, box, scale, dx, dy, colours, width) {
  const ends = new Float32Array(4 * track.n), steps = new Uint8Array(track.n); // not paths: the engine does not see how large one is, and keeps it
  let bx = 0, by = 0, before = -1, px = 0, py = 0, drawn = 0;
  for (let i = 0; i < track.n; i++) {
    if (track.rejected[i]) continue;
    const x = track.x[i], y = track.y[i], sx = x * scale - dx, sy = y * scale - dy;
    const near = before >= 0 && Math.abs(sx - px) < 1.4 && Math.abs(sy - py) < 1.4;
    if (near && track.t[i] - before < GAP_S) { before = track.t[i]; continue; }
    if (before >= 0 && track.t[i] - before <= GAP_S && Math.max(x, bx) >= box[0] && Math.min(x, bx) <= box[2] && Math.max(y, by) >= box[1] && Math.min(y, by) <= box[3]) {
      const b = track.speed[i] === track.speed[i] ? bucket(track.speed[i]) : 0;
      ends[4 * drawn] = px; ends[4 * drawn + 1] = py; ends[4 * drawn + 2] = sx; ends[4 * drawn + 3] = sy; steps[drawn++] = b;
    }
    bx = x; by = y; px = sx; py = sy; before = track.t[i];
  }
  ctx.lineCap = "round"; ctx.lineJoin = "round";
  ctx.lineWidth = width + 2; ctx.strokeStyle = colours.outline; ctx.globalAlpha = 0.7;
  if (drawn < CASED) colours.speeds.forEach((_, b) => strokeSteps(ctx, ends, steps, drawn, b));
  ctx.globalAlpha = 1; ctx.lineWidth = width;
  colours.speeds.forEach((colour, b) => { ctx.strokeStyle = colour; strokeSteps(ctx, ends, steps, drawn, b); });
  releaseArrays(ends, steps);
}

// The steps of one colour, each from x, y to x, y; those that meet are one line.
function strokeSteps(ctx, ends, steps, n, wanted) {
  let x = NaN, y = NaN;
  ctx.beginPath();
  for (let i = 0; i < n; i++) {
    if (steps[i] !== wanted) continue;
    if (ends[4 * i] !== x || ends[4 * i + 1] !== y) ctx.moveTo(ends[4 * i], ends[4 * i + 1]);
    x = ends[4 * i + 2]; y = ends[4 * i + 3];
    ctx.lineTo(x, y);
  }
  if (x === x) ctx.stroke();
}

// A cross for a lone jump, an upright one for what the filter takes for a reflection.
const DISPLACED = 2;
export function drawRejected(ctx, track, box, scale, dx, dy, colour) {
  ctx.beginPath();
  for (let i = 0; i < track.n; i++) {
    if (!track.rejected[i] || track.x[i] < box[0] || track.x[i] > box[2] || track.y[i] < box[1] || track.y[i] > box[3]) continue;
    const x = track.x[i] * scale - dx, y = track.y[i] * scale - dy;
    if (track.rejected[i] === DISPLACED) { ctx.moveTo(x - 4, y); ctx.lineTo(x + 4, y); ctx.moveTo(x, y - 4); ctx.lineTo(x, y + 4); continue; }
    ctx.moveTo(x - 3, y - 3); ctx.lineTo(x + 3, y + 3); ctx.moveTo(x + 3, y - 3); ctx.lineTo(x - 3, y + 3);
  }
  ctx.strokeStyle = colour; ctx.lineWidth = 1.2; ctx.stroke();
}
