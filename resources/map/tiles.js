// Square pieces of the map, cached by zoom: the grid knows which are needed, keeps the newest, and draws what it has, whatever zoom it is from.
import { release } from "./memory.js";
import { quantised } from "./view.js";

export const PIECE = 512;
const RING = 220; // so many pixels about the view are painted before they are looked at

export class TileGrid {
  // `spare`: how many times the pieces that a view needs are kept, a megabyte each and more on fine screens. `stretch`: by how many
  // zooms a piece may be off and still be drawn while the right one is missing.
  constructor(spare, stretch) {
    this.spare = spare;
    this.limit = 0;
    this.stretch = stretch;
    this.pieces = new Map();
    this.clock = 0;
  }
  clear() {
    for (const piece of this.pieces.values()) release(piece.image);
    this.pieces.clear();
  }
  static key(zoom, x, y) { return `${zoom}/${x}/${y}`; }
  // Pieces that the view needs at its (or its target's) quantised zoom, middle first.
  needed(view, margin = 0) {
    const zoom = quantised(view.target ? view.target.zoom : view.zoom), size = 256 * 2 ** zoom, found = [];
    const [west, north, east, south] = view.box(margin);
    const middle = [((west + east) / 2) * size / PIECE - 0.5, ((north + south) / 2) * size / PIECE - 0.5];
    for (let y = Math.floor(north * size / PIECE); y <= Math.floor(south * size / PIECE); y++) {
      for (let x = Math.floor(west * size / PIECE); x <= Math.floor(east * size / PIECE); x++) {
        found.push({ zoom, x, y, key: TileGrid.key(zoom, x, y), far: Math.hypot(x - middle[0], y - middle[1]) });
      }
    }
    return found.sort((a, b) => a.far - b.far);
  }
  // Keep room for what a view of this size needs wherever it stands, and some more.
  hold(view, margin = 0) {
    const across = (size) => Math.ceil((size + 2 * margin) / PIECE) + 1;
    this.limit = Math.ceil(across(view.width) * across(view.height) * this.spare);
    if (this.pieces.size > this.limit) this.dropOldest();
  }
  // These are the last to be let go, as if they had just been drawn.
  use(wanted) { for (const { key } of wanted) { const piece = this.pieces.get(key); if (piece) piece.used = ++this.clock; } }
  put(zoom, x, y, image) {
    const key = TileGrid.key(zoom, x, y);
    release(this.pieces.get(key)?.image);
    this.pieces.set(key, { zoom, x, y, image, used: ++this.clock, at: performance.now(), seen: performance.now(), stale: false });
    if (this.pieces.size > this.limit) this.dropOldest();
  }
  dropOldest() {
    const oldest = [...this.pieces].sort((a, b) => a[1].used - b[1].used).slice(0, this.pieces.size - this.limit);
    for (const [key, piece] of oldest) { release(piece.image); this.pieces.delete(key); }
  }
  // Draw at whole pixels where the zoom is exact; other zooms are stretched beneath until the right pieces are there.
  draw(ctx, view) {
    const zoom = quantised(view.zoom), exact = Math.abs(zoom - view.zoom) < 1e-6;
    const wanted = exact ? this.needed(view) : [];
    const complete = exact && wanted.every((w) => this.pieces.has(w.key));
    if (!complete) this.drawOthers(ctx, view, zoom);
    const now = performance.now(), left = Math.round(view.left), top = Math.round(view.top);
    for (const { key, x, y } of wanted) {
      const piece = this.pieces.get(key);
      if (!piece) continue;
      piece.used = ++this.clock; piece.seen = now;
      ctx.drawImage(piece.image, x * PIECE - left, y * PIECE - top, PIECE, PIECE);
    }
    return complete;
  }
  drawOthers(ctx, view, zoom) {
    const near = [...this.pieces.values()].filter((piece) => Math.abs(piece.zoom - zoom) <= this.stretch);
    const candidates = near.sort((a, b) => Math.abs(b.zoom - zoom) - Math.abs(a.zoom - zoom));
    for (const piece of candidates) {
      const scale = 2 ** (view.zoom - piece.zoom), size = PIECE * scale;
      const x = piece.x * size - view.left, y = piece.y * size - view.top;
      if (x > view.width || y > view.height || x + size < 0 || y + size < 0) continue;
      ctx.drawImage(piece.image, Math.floor(x), Math.floor(y), Math.ceil(size) + 1, Math.ceil(size) + 1);
    }
  }
}

// The base map: pieces painted by a worker, at most two under way.
export class BaseMap {
  constructor(changed, named) {
    this.grid = new TileGrid(1.5, 3.1);
    this.worker = new Worker(new URL("tile_worker.js", location.href), { type: "module" });
    this.pending = new Map();
    this.answers = new Map();
    this.generation = 0;
    this.named = named;
    this.worker.onmessage = ({ data }) => {
      if (data.kind === "nearby") { this.answers.get(data.id)?.answer(data.names); this.answers.delete(data.id); return; }
      if (data.kind === "names") { this.asking = false; named(data.found); changed(); return; }
      const asked = this.pending.get(data.id);
      this.pending.delete(data.id);
      if (!asked || asked.generation !== this.generation) { data.image.close(); return; }
      this.grid.put(asked.zoom, asked.x, asked.y, data.image);
      changed();
    };
  }
  setSources(sources) { this.worker.postMessage({ kind: "sources", sources }); this.renew(); }
  setTheme(tokens, night, ratio) { this.worker.postMessage({ kind: "theme", tokens, night, ratio }); this.renew(); }
  renew() { this.generation++; this.grid.clear(); this.pending.clear(); }
  request(view) {
    if (this.pending.size >= 2) return;
    const busy = new Set([...this.pending.values()].map((p) => p.key));
    this.grid.hold(view, RING);
    for (const want of this.grid.needed(view, view.moving || view.target ? 0 : RING)) {
      if (this.grid.pieces.has(want.key) || busy.has(want.key)) continue;
      const id = ++this.grid.clock;
      this.pending.set(id, { ...want, generation: this.generation });
      this.worker.postMessage({ kind: "paint", id, zoom: want.zoom, x: want.x, y: want.y });
      if (this.pending.size >= 2) return;
    }
  }
  // Names in a box; a question asked anew under its name before it was answered is answered once, for the newer box.
  askNearby(name, zoom, box, answer) {
    const id = ++this.grid.clock;
    for (const [other, { name: asked }] of this.answers) if (asked === name) this.answers.delete(other);
    this.answers.set(id, { name, answer });
    this.worker.postMessage({ kind: "nearby", id, zoom, box });
  }
  askNames(zoom, box) {
    if (this.asking) return false;
    this.asking = true;
    this.worker.postMessage({ kind: "names", zoom, box });
    return true;
  }
}
