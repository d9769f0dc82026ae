// The layer between base map and symbols: zones, trails and tracks, painted in pieces so that dragging only moves bitmaps.
import { PIECE, TileGrid } from "./tiles.js";
import { drawRejected, drawTrack } from "./trails.js";
import { ZonePainter } from "./zones.js";
import { alpha } from "./base_style.js";

const RENEW_MS = 20000;
const BUDGET_MS = 5;

export class Overlay {
  constructor(state) {
    this.state = state;
    this.grid = new TileGrid(48);
    this.painter = new ZonePainter();
  }
  setTheme(colours, ratio) { this.colours = colours; this.ratio = ratio; this.painter.setTheme(colours); this.renew(); }
  renew() { for (const piece of this.grid.pieces.values()) piece.stale = true; }
  // Paint what is missing or outdated, within a few milliseconds a frame. True while there is more to do.
  update(view) {
    if (!this.colours || view.target) return false;
    const started = performance.now(), wanted = this.grid.needed(view);
    let left = false;
    for (const want of wanted) {
      const piece = this.grid.pieces.get(want.key);
      if (piece && !piece.stale) continue;
      if (performance.now() - started > BUDGET_MS) { left = true; break; }
      this.paint(want, piece);
    }
    if (left) return true;
    const oldest = wanted.map((w) => this.grid.pieces.get(w.key)).reduce((a, b) => (!a || b.at < a.at ? b : a), null);
    if (oldest && started - oldest.at > RENEW_MS) this.paint(oldest, oldest);
    return false;
  }
  paint({ zoom, x, y }, piece) {
    const canvas = piece?.image ?? new OffscreenCanvas(PIECE * this.ratio, PIECE * this.ratio), ctx = canvas.getContext("2d");
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, PIECE, PIECE);
    const scale = 256 * 2 ** zoom, dx = x * PIECE, dy = y * PIECE, edge = 6 / scale;
    const box = [dx / scale - edge, dy / scale - edge, (dx + PIECE) / scale + edge, (dy + PIECE) / scale + edge];
    this.paintZones(ctx, zoom, box, scale, dx, dy);
    if (this.state.layers.trails) this.paintTrails(ctx, box, scale, dx, dy);
    this.paintTracks(ctx, box, scale, dx, dy);
    if (piece) { piece.stale = false; piece.at = performance.now(); } else this.grid.put(zoom, x, y, canvas);
  }
  paintZones(ctx, zoom, box, scale, dx, dy) {
    const { cases, selection, layers } = this.state;
    if (layers.zones && zoom >= 11) {
      for (const [id, row] of cases.all) {
        if (id === selection.case || !row.inForce) continue;
        for (const zone of row.zones) if (ZonePainter.touches(zone, box)) this.painter.faint(ctx, zone, scale, dx, dy);
      }
    }
    for (const zone of cases.all.get(selection.case)?.zones ?? []) if (ZonePainter.touches(zone, box)) this.painter.full(ctx, zone, scale, dx, dy);
  }
  paintTrails(ctx, box, scale, dx, dy) {
    const { trails, subjects, selection } = this.state;
    const tracked = new Set(trails.tracks.map((t) => subjects.slotOf.get(t.device)));
    ctx.lineJoin = "round"; ctx.lineCap = "round";
    for (const [level, tone, share, width] of [[0, "normal", 0.42, 1.2], [3, "technical", 0.5, 1.3], [1, "look", 0.75, 1.8], [2, "act", 0.85, 2.2]]) {
      const wanted = (slot) => (subjects.level[slot] === 4 ? 2 : subjects.level[slot]) === level && !tracked.has(slot);
      if (!trails.capacity || !trails.path(ctx, subjects, box, scale, dx, dy, wanted)) continue;
      ctx.strokeStyle = alpha(this.colours[tone], share); ctx.lineWidth = width; ctx.stroke();
    }
    void selection;
  }
  paintTracks(ctx, box, scale, dx, dy) {
    for (const track of this.state.trails.tracks) {
      drawTrack(ctx, track, box, scale, dx, dy, this.colours, track.part === 1 ? 2.2 : 3.2);
      if (this.state.layers.rejected) drawRejected(ctx, track, box, scale, dx, dy, this.colours.technical);
    }
  }
  // New segments go straight into the pieces that are there.
  append() {
    const { added } = this.state.trails, { subjects, layers } = this.state;
    if (!layers.trails || !this.colours) return;
    for (const piece of this.grid.pieces.values()) {
      const scale = 256 * 2 ** piece.zoom, dx = piece.x * PIECE, dy = piece.y * PIECE;
      const west = dx / scale, north = dy / scale, east = (dx + PIECE) / scale, south = (dy + PIECE) / scale;
      const ctx = piece.image.getContext("2d");
      ctx.beginPath();
      let any = false;
      for (let i = 0; i < added.length; i += 5) {
        const x0 = added[i + 1], y0 = added[i + 2], x1 = added[i + 3], y1 = added[i + 4];
        if (Math.max(x0, x1) < west || Math.min(x0, x1) > east || Math.max(y0, y1) < north || Math.min(y0, y1) > south) continue;
        if (subjects.level[added[i]] !== 0) { piece.stale = true; continue; }
        ctx.moveTo(x0 * scale - dx, y0 * scale - dy); ctx.lineTo(x1 * scale - dx, y1 * scale - dy); any = true;
      }
      if (any) { ctx.lineCap = "round"; ctx.strokeStyle = alpha(this.colours.normal, 0.42); ctx.lineWidth = 1.2; ctx.stroke(); }
    }
  }
  draw(ctx, view) { if (this.colours) this.grid.draw(ctx, view); }
}
