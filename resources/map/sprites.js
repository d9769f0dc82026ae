// Symbols drawn once into an atlas: arrow heads, rings with a shield, bursts, in each level's colour, solid when live and hollow when old.

export const CELL = 40;
export const TURNS = 48;
const LEVELS = ["normal", "look", "act", "technical", "act"];
const SOS = 4;
const FAR = 0.74;
// Columns: TURNS headings, then a wearer standing still, then a protected person. Rows: level × (live, old) × (near, seen from far).
export const ROWS_A_LEVEL = 4;

export class Sprites {
  setTheme(colours, ratio) {
    this.ratio = ratio;
    this.colours = colours;
    this.image = new OffscreenCanvas(CELL * (TURNS + 2) * ratio, CELL * LEVELS.length * ROWS_A_LEVEL * ratio);
    const ctx = this.image.getContext("2d");
    ctx.scale(ratio, ratio);
    LEVELS.forEach((tone, level) => {
      for (const old of [0, 1]) for (const far of [0, 1]) {
        const row = level * ROWS_A_LEVEL + old * 2 + far, size = far ? FAR : 1;
        for (let turn = 0; turn < TURNS; turn++) this.cell(ctx, turn, row, size, () => arrow(ctx, (turn / TURNS) * 2 * Math.PI, level, colours[tone], old, colours));
        this.cell(ctx, TURNS, row, size, () => still(ctx, level, colours[tone], old, colours));
        this.cell(ctx, TURNS + 1, row, size, () => shield(ctx, level, colours[tone], old, colours));
      }
    });
  }
  cell(ctx, column, row, size, paint) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(column * CELL, row * CELL, CELL, CELL);
    ctx.clip();
    ctx.translate(column * CELL + CELL / 2, row * CELL + CELL / 2);
    ctx.scale(size, size);
    ctx.lineJoin = "round";
    paint();
    ctx.restore();
  }
  static column(part, course) {
    if (part === 1) return TURNS + 1;
    return course === course ? Math.round((course / 360) * TURNS) % TURNS : TURNS;
  }
}

function grow(level) { return level === 0 ? 1 : level === 3 ? 1.12 : 1.32; }

function burst(ctx, colour, radius) {
  ctx.beginPath();
  for (let i = 0; i < 24; i++) {
    const r = i % 2 ? radius * 0.72 : radius, a = (i / 24) * 2 * Math.PI;
    ctx[i ? "lineTo" : "moveTo"](Math.sin(a) * r, -Math.cos(a) * r);
  }
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
}

function paintBody(ctx, colour, old, colours, width) {
  if (old) {
    ctx.fillStyle = colours.ground; ctx.globalAlpha = 0.75; ctx.fill(); ctx.globalAlpha = 1;
    ctx.strokeStyle = colours.outline; ctx.lineWidth = width + 2.4; ctx.stroke();
    ctx.setLineDash([4.2, 1.9]); ctx.strokeStyle = colour; ctx.lineWidth = width; ctx.stroke(); ctx.setLineDash([]);
  } else {
    ctx.strokeStyle = colours.outline; ctx.lineWidth = 2.6; ctx.stroke();
    ctx.fillStyle = colour; ctx.fill();
  }
}

function arrowPath(ctx, size) {
  ctx.beginPath();
  ctx.moveTo(0, -size); ctx.lineTo(size * 0.68, size * 0.78); ctx.lineTo(0, size * 0.42); ctx.lineTo(-size * 0.68, size * 0.78);
  ctx.closePath();
}

function arrow(ctx, angle, level, colour, old, colours) {
  if (level === SOS) burst(ctx, old ? colours.act_fill : colour, 18);
  ctx.rotate(angle);
  arrowPath(ctx, (old ? 10.6 : 8.2) * grow(level));
  paintBody(ctx, level === SOS ? colours.onAct : colour, old, colours, 1.6);
}

function still(ctx, level, colour, old, colours) {
  if (level === SOS) burst(ctx, old ? colours.act_fill : colour, 18);
  const r = (old ? 5.8 : 5) * grow(level);
  ctx.beginPath();
  ctx.moveTo(0, -r * 1.18); ctx.lineTo(r * 1.18, 0); ctx.lineTo(0, r * 1.18); ctx.lineTo(-r * 1.18, 0);
  ctx.closePath();
  paintBody(ctx, level === SOS ? colours.onAct : colour, old, colours, 1.6);
}

function shieldPath(ctx, s) {
  ctx.beginPath();
  ctx.moveTo(0, -s); ctx.quadraticCurveTo(s * 0.55, -s * 0.62, s * 0.92, -s * 0.62);
  ctx.quadraticCurveTo(s * 1.02, s * 0.48, 0, s * 1.12);
  ctx.quadraticCurveTo(-s * 1.02, s * 0.48, -s * 0.92, -s * 0.62);
  ctx.quadraticCurveTo(-s * 0.55, -s * 0.62, 0, -s);
  ctx.closePath();
}

function shield(ctx, level, colour, old, colours) {
  if (level === SOS) burst(ctx, old ? colours.act_fill : colour, 18);
  const r = 7.4 * (level === 0 ? 1 : 1.22), ink = level === SOS ? colours.onAct : level === 0 ? colours.protected : colour;
  ctx.beginPath(); ctx.arc(0, 0, r, 0, 7);
  ctx.strokeStyle = colours.outline; ctx.lineWidth = 4.2; ctx.stroke();
  ctx.fillStyle = level === SOS ? colour : colours.ground; ctx.fill();
  if (old) ctx.setLineDash([2.6, 2]);
  ctx.strokeStyle = ink; ctx.lineWidth = 1.9; ctx.stroke(); ctx.setLineDash([]);
  shieldPath(ctx, r * 0.52);
  if (old) { ctx.strokeStyle = ink; ctx.lineWidth = 1.1; ctx.stroke(); } else { ctx.fillStyle = ink; ctx.fill(); }
}

export function drawUnit(ctx, x, y, colours, away, old) {
  ctx.beginPath(); ctx.roundRect(x - 7, y - 7, 14, 14, 2.5);
  ctx.strokeStyle = colours.outline; ctx.lineWidth = 2.6; ctx.stroke();
  ctx.fillStyle = old ? colours.ground : colours.police; ctx.fill();
  if (old) { ctx.setLineDash([2.6, 2]); ctx.strokeStyle = colours.police; ctx.lineWidth = 1.9; ctx.stroke(); ctx.setLineDash([]); }
  if (!away) return; // a unit that cannot be sent is cut in two; hollow is what is old
  ctx.beginPath(); ctx.moveTo(x - 8, y + 8); ctx.lineTo(x + 8, y - 8);
  ctx.strokeStyle = colours.outline; ctx.lineWidth = 3.6; ctx.stroke();
}
