// The layers between base map and symbols, painted in pieces so that dragging only moves bitmaps: everybody's trails and zones, and the selected case in full.
import { PIECE, TileGrid } from "./tiles.js";
import { drawRejected, drawTrack } from "./trails.js";
import { ZonePainter } from "./zones.js";
import { alpha } from "./base_style.js";

const RENEW_MS = 20000;
const BUDGET_MS = 5;
const CHOSEN_MS = 45; // a case that was just chosen is painted at once, before what lies about it
const STRETCH = 1.1; // trails and zones of far other zooms tell nothing, and cost a frame
const SEGMENTS_A_FRAME = 700;
const MOST_WAITING = 25000;
const UNSEEN_MS = 3000;
const ZONES_FROM = 11;
const LOOKS = [[0, "normal", 0.42, 1.2], [3, "technical", 0.5, 1.3], [1, "look", 0.75, 1.8], [2, "act", 0.85, 2.2]];

class Overlay {
  constructor(state, spare) {
    this.state = state;
    this.grid = new TileGrid(spare, STRETCH);
    this.budgetMs = BUDGET_MS;
    this.painter = new ZonePainter();
  }
  setTheme(colours, ratio) { this.colours = colours; this.ratio = ratio; this.painter.setTheme(colours); this.renew(); }
  renew() { for (const piece of this.grid.pieces.values()) piece.stale = true; }
  // Paint what is missing or outdated, within a few milliseconds a frame. True while there is more to do.
  update(view) {
    if (!this.colours || view.target) return false;
    const started = performance.now(), wanted = this.grid.needed(view);
    this.grid.hold(view);
    this.grid.use(wanted); // else room for one of them could be made by letting another of them go
    for (const want of wanted) {
      const piece = this.grid.pieces.get(want.key);
      if (piece && !piece.stale) continue;
      if (performance.now() - started > this.budgetMs) return true;
      this.renewPiece(want, piece);
    }
    const oldest = wanted.map((w) => this.grid.pieces.get(w.key)).filter(Boolean).reduce((a, b) => (!a || b.at < a.at ? b : a), null);
    if (oldest && started - oldest.at > RENEW_MS) this.renewPiece(oldest, oldest);
    return false;
  }
  renewPiece({ zoom, x, y }, piece) {
    const canvas = piece?.image ?? new OffscreenCanvas(PIECE * this.ratio, PIECE * this.ratio), ctx = canvas.getContext("2d");
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, PIECE, PIECE);
    const scale = 256 * 2 ** zoom, dx = x * PIECE, dy = y * PIECE, edge = 6 / scale;
    this.paint(ctx, { zoom, scale, dx, dy, box: [dx / scale - edge, dy / scale - edge, (dx + PIECE) / scale + edge, (dy + PIECE) / scale + edge] });
    ctx.beginPath(); // the last path would be kept with the piece
    if (piece) { piece.stale = false; piece.at = performance.now(); } else this.grid.put(zoom, x, y, canvas);
  }
  draw(ctx, view) { if (this.colours) this.grid.draw(ctx, view); }
}

export class CrowdOverlay extends Overlay {
  constructor(state) { super(state, 1.5); this.queue = []; }
  paint(ctx, at) {
    if (this.state.layers.zones && at.zoom >= ZONES_FROM) this.paintZones(ctx, at);
    if (this.state.layers.trails) this.paintTrails(ctx, at);
  }
  paintZones(ctx, { box, scale, dx, dy }) {
    for (const row of this.state.cases.all.values()) {
      if (!row.inForce) continue;
      for (const zone of row.zones) if (ZonePainter.touches(zone, box)) this.painter.faint(ctx, zone, scale, dx, dy);
    }
  }
  paintTrails(ctx, { box, scale, dx, dy }) {
    const { trails, subjects, selected } = this.state, here = [[], [], [], []];
    if (!trails.capacity) return;
    for (const slot of subjects.slotOfRow) if (!selected.has(slot) && trails.touches(slot, box)) here[subjects.level[slot] === 4 ? 2 : subjects.level[slot]].push(slot);
    ctx.lineJoin = "round"; ctx.lineCap = "round";
    for (const [level, tone, share, width] of LOOKS) {
      if (!trails.path(ctx, subjects, here[level], scale, dx, dy)) continue;
      ctx.strokeStyle = alpha(this.colours[tone], share); ctx.lineWidth = width; ctx.stroke();
    }
  }
  // New segments wait in a queue and go straight into the pieces that are there, some hundreds a frame. A page that is too slow for that would
  // wait ever longer: from so many on it forgets them and paints its pieces anew, once for all.
  append(added) {
    if (!this.state.layers.trails) return;
    if (this.queue.length + added.length <= MOST_WAITING * 5) this.queue.push(...added);
    else { this.queue = []; this.renew(); }
  }
  update(view) {
    if (this.queue.length && this.colours) {
      const now = performance.now(), taken = this.queue.splice(0, SEGMENTS_A_FRAME * 5);
      for (const piece of this.grid.pieces.values()) {
        if (now - piece.seen < UNSEEN_MS) this.extend(piece, taken);
        else piece.stale = true; // strokes on a piece that nobody looks at would be kept by the engine until somebody does
      }
    }
    return super.update(view) || this.queue.length > 0;
  }
  extend(piece, added) {
    const { subjects: { level }, selected } = this.state, scale = 256 * 2 ** piece.zoom, dx = piece.x * PIECE, dy = piece.y * PIECE;
    const west = dx / scale, north = dy / scale, east = (dx + PIECE) / scale, south = (dy + PIECE) / scale, ctx = piece.image.getContext("2d");
    let any = false;
    ctx.beginPath();
    for (let i = 0; i < added.length; i += 5) {
      const x0 = added[i + 1], y0 = added[i + 2], x1 = added[i + 3], y1 = added[i + 4];
      if (Math.max(x0, x1) < west || Math.min(x0, x1) > east || Math.max(y0, y1) < north || Math.min(y0, y1) > south) continue;
      if (selected.has(added[i])) continue; // their ways are drawn in the colours of speed, and in no other
      if (level[added[i]] !== 0) { piece.at -= RENEW_MS / 4; continue; }
      ctx.moveTo(x0 * scale - dx, y0 * scale - dy); ctx.lineTo(x1 * scale - dx, y1 * scale - dy); any = true;
    }
    if (!any) return;
    ctx.lineCap = "round"; ctx.strokeStyle = alpha(this.colours.normal, LOOKS[0][2]); ctx.lineWidth = LOOKS[0][3]; ctx.stroke();
  }
}

export class CaseOverlay extends Overlay {
  constructor(state) { super(state, 1.25); this.budgetMs = CHOSEN_MS; }
  idle() { return this.state.selection.case === null && !this.state.trails.tracks.length; }
  update(view) {
    if (!this.idle()) return super.update(view);
    if (this.grid.pieces.size) this.grid.clear();
    return false;
  }
  paint(ctx, { box, scale, dx, dy }) {
    const { cases, selection, trails, layers } = this.state;
    for (const zone of cases.all.get(selection.case)?.zones ?? []) if (ZonePainter.touches(zone, box)) this.painter.full(ctx, zone, scale, dx, dy);
    for (const track of trails.tracks) {
      drawTrack(ctx, track, box, scale, dx, dy, this.colours, track.part === 1 ? 2.2 : 3.2);
      if (layers.rejected) drawRejected(ctx, track, box, scale, dx, dy, this.colours.technical);
    }
  }
}
