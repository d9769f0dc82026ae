// What is drawn afresh in every frame above the pieces: rings, prediction, contact, circles of doubt, units, and the words beside symbols.
import { alpha } from "./base_style.js";
import { release } from "./memory.js";
import { picture, probe } from "./pictures.js";
import { drawUnit } from "./sprites.js";
import { STALE, UNSURE_M } from "./subjects.js";
import { GAP_S } from "./trails.js";
import { distanceM, latOf, lonOf, unitsPerMetre, worldX, worldY } from "./view.js";

const WORDS = 400;
const STEP_S = 30;
const FARTHEST_S = 300;
const CIRCLES = 160;
const UNITS_FROM = 9;
const UNIT_NAMES_FROM = 11.5;
const SYMBOL_R = 12;
const FARTHER = 12;
const ALARM_R = 6; // so much of an alarm's symbol no name hides
const BELOW = 36; // so far from the best place the name of a zone makes room for other words
const OFF_LINE = 24;
const BESIDE = [18, -18, 30, -30, 42, -42, 54, -54];
const CAME = 120; // so much of where they came from is kept free, from their newest positions back
const CAME_FIXES = 600;
const ASIDE = 30; // a pin stands so far beside whoever is at its place
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

function circle(ctx, x, y, r) { ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); }
function touches(view, x, y, r) { return x + r > 0 && y + r > 0 && x - r < view.width && y - r < view.height; }

export class Marks {
  // `overlays` tells where buttons and legend stand.
  constructor(state, overlays) { this.state = state; this.overlays = overlays; this.texts = new Map(); this.fixed = []; this.ways = []; this.stood = new Map(); this.frame = 0; this.inFrame = 0; }
  setTheme(colours, ratio, family) { Object.assign(this, { colours, ratio, family }); this.forget(0); }
  begin() { this.fixed.length = 0; this.ways.length = 0; this.frame++; this.inFrame = 0; }
  // Keep the pictures of so many words, those that were used last; never between `begin` and `paintNames`, which draws what was asked for before.
  forget(most) {
    for (const [key, { canvas }] of this.texts) { if (this.texts.size <= most) return; release(canvas); this.texts.delete(key); }
  }

  // Circles of doubt: accuracy when it matters, and how far somebody not heard of could have come.
  circles(ctx, view) {
    const { subjects, layers, selected } = this.state, zoomed = view.zoom >= 12.5;
    let drawn = 0;
    for (const slot of circled(selected, subjects.doubtful)) {
      const chosen = selected.has(slot);
      if (drawn >= CIRCLES) break;
      if (subjects.clusterOf[slot] >= 0 || !subjects.seen[slot]) continue;
      const x = subjects.px[slot], y = subjects.py[slot], perMetre = unitsPerMetre(subjects.toY[slot]) * view.scale;
      const tone = this.tone(subjects.level[slot]), accuracy = subjects.accuracy[slot] * perMetre, reach = subjects.reach[slot] * perMetre;
      if (subjects.fresh[slot] >= STALE && reach > 14 && (chosen || subjects.level[slot] || zoomed) && touches(view, x, y, reach)) {
        circle(ctx, x, y, reach);
        ctx.fillStyle = alpha(tone, 0.05); ctx.fill();
        ctx.setLineDash([5, 5]); ctx.strokeStyle = alpha(tone, 0.75); ctx.lineWidth = 1.3; ctx.stroke(); ctx.setLineDash([]);
        drawn++;
      }
      if (!layers.accuracy || !(accuracy > 10) || !(chosen || (subjects.accuracy[slot] >= UNSURE_M && zoomed)) || !touches(view, x, y, accuracy)) continue;
      circle(ctx, x, y, accuracy);
      ctx.fillStyle = alpha(tone, chosen ? 0.14 : 0.035); ctx.fill();
      ctx.strokeStyle = alpha(tone, chosen ? 0.65 : 0.3); ctx.lineWidth = 1; ctx.stroke();
      drawn++;
    }
  }
  tone(level) { return this.colours[["normal", "look", "act", "technical", "act"][level]]; }

  rings(ctx, view) {
    const { cases, selection, subjects, layers } = this.state, row = cases.all.get(selection.case);
    if (!row || !layers.rings) return;
    for (const person of row.people) {
      const slot = person.part === "protected" ? this.slot(person.device) : -1;
      if (slot < 0) continue;
      const x = subjects.px[slot], y = subjects.py[slot], perMetre = unitsPerMetre(subjects.toY[slot]) * view.scale;
      const about = row.rings.filter((r) => r.about === person.person).sort((a, b) => b.distance - a.distance);
      for (const ring of about) this.ring(ctx, view, x, y, ring.distance * perMetre, ring);
    }
  }
  ring(ctx, view, x, y, r, ring) {
    if (r < 6 || !touches(view, x, y, r)) return;
    const tone = ring.effect === "alarm" ? this.colours.act : this.colours.look;
    circle(ctx, x, y, r);
    if (ring.inForce && r < 4000) { ctx.fillStyle = alpha(tone, (ring.effect === "alarm" ? 0.1 : 0.045) * Math.max(0.4, Math.min(1, 320 / r))); ctx.fill(); }
    ctx.strokeStyle = tone; ctx.globalAlpha = ring.inForce ? 0.95 : 0.45; ctx.lineWidth = ring.effect === "alarm" ? 1.7 : 1.4;
    ctx.setLineDash(ring.effect === "alarm" ? [] : [6, 5]); ctx.stroke(); ctx.setLineDash([]); ctx.globalAlpha = 1;
    this.putClear(view, this.state.words.limit(ring.distance), [[x, y - r], [x, y + r], [x - r, y], [x + r, y]], tone, 11);
  }

  // Both of the selected pair: line with the distance, where they go in steps of 30 s, and where they would meet.
  pair(ctx, view) {
    const { cases, selection, pair } = this.state, row = cases.all.get(selection.case);
    if (!row) return;
    const wearer = this.slot(row.people.find((p) => p.part === "subject")?.device);
    if (wearer < 0) return;
    for (const person of row.people) {
      const slot = person.part === "protected" ? this.slot(person.device) : -1;
      if (slot < 0) continue;
      const told = pair && pair.case === row.case && pair.about === person.person ? pair : null;
      this.line(ctx, view, wearer, slot, told);
      if (told) this.forecast(ctx, view, wearer, slot, told);
    }
  }
  line(ctx, view, a, b, told) {
    const { subjects, words } = this.state, { px, py } = subjects;
    ctx.beginPath(); ctx.moveTo(px[a], py[a]); ctx.lineTo(px[b], py[b]);
    ctx.strokeStyle = alpha(this.colours.text, 0.55); ctx.lineWidth = 1.2; ctx.setLineDash([2, 4]); ctx.stroke(); ctx.setLineDash([]);
    if (Math.hypot(px[a] - px[b], py[a] - py[b]) < 70) return;
    const shown = told?.distance ?? distanceM(latOf(subjects.toY[a]), lonOf(subjects.toX[a]), latOf(subjects.toY[b]), lonOf(subjects.toX[b]));
    const text = words.distance(shown, told?.error), spots = ALONG.map((share) => pointInView(view, [px[a], py[a], px[b], py[b]], share)).filter((spot) => spot);
    const long = Math.hypot(px[b] - px[a], py[b] - py[a]), acrossX = (py[a] - py[b]) / long, acrossY = (px[b] - px[a]) / long;
    const off = Math.abs(acrossX) * (this.text(text, this.colours.text, 13, true).w / 2 + SYMBOL_R) + Math.abs(acrossY) * OFF_LINE, up = acrossY > 0 ? -1 : 1;
    const beside = spots.flatMap(([x, y]) => [up, -up].map((side) => [x + side * acrossX * off, y + side * acrossY * off]));
    // Where the way ahead is drawn in circles along the line, the words stand beside it.
    this.putFree(view, `distance ${b}`, text, told?.contact > 0 ? [...beside, ...spots] : [...spots, ...beside], this.colours.text);
  }
  // Words where they stood, else at the first place where they hide no unit, nobody of the case and no other words; at the first of all when none is free.
  putFree(view, name, text, spots, tone) {
    if (!spots.length) return;
    const { w, h } = this.text(text, tone, 13, true), { subjects, selected, layers } = this.state;
    const taken = this.fixed.map(boxOf);
    const keep = (x, y) => taken.push([x - SYMBOL_R, y - SYMBOL_R, x + SYMBOL_R, y + SYMBOL_R]);
    if (layers.units && view.zoom >= UNITS_FROM) for (const unit of this.state.units) keep(view.x(worldX(unit.lon)), view.y(worldY(unit.lat)));
    for (const slot of selected) keep(subjects.px[slot], subjects.py[slot]);
    const free = ([x, y]) => !taken.some((t) => x - w / 2 < t[2] && x + w / 2 > t[0] && y - h / 2 < t[3] && y + h / 2 > t[1]);
    const before = spots[this.stood.get(name)], at = before && free(before) ? this.stood.get(name) : Math.max(0, spots.findIndex(free));
    this.stood.set(name, at);
    this.put(text, spots[at][0], spots[at][1], tone, 13);
  }
  ahead(slot, seconds) {
    const { subjects } = this.state, speed = subjects.speed[slot], course = (subjects.course[slot] * Math.PI) / 180;
    const far = speed > 0.5 && course === course ? speed * seconds * unitsPerMetre(subjects.toY[slot]) : 0;
    return [subjects.toX[slot] + Math.sin(course || 0) * far, subjects.toY[slot] - Math.cos(course || 0) * far];
  }
  forecast(ctx, view, wearer, slot, told) {
    const until = Math.min(told.contact || 120, FARTHEST_S);
    for (const who of [slot, wearer]) {
      if (!(this.state.subjects.speed[who] > 0.5)) continue;
      this.steps(ctx, view, who, until, who === wearer ? this.tone(Math.max(1, this.state.subjects.level[who])) : this.colours.protected);
    }
    if (!(told.contact > 0) || told.contact > FARTHEST_S * 4) return;
    const meeting = this.ahead(wearer, told.contact), x = view.x(meeting[0]), y = view.y(meeting[1]);
    this.ways.push([x - 8, y - 8, x + 8, y + 8]);
    circle(ctx, x, y, 6); ctx.strokeStyle = this.colours.outline; ctx.lineWidth = 4.5; ctx.stroke();
    ctx.strokeStyle = this.colours.act; ctx.lineWidth = 2; ctx.stroke();
    const text = this.state.words.say("contact_in", { span: this.state.words.span(told.contact - this.sinceUpdate(told)) });
    this.putFree(view, `contact ${slot}`, text, BESIDE.flatMap((down) => [0, 50, -50, 90, -90].map((right) => [x + right, y + down])), this.colours.act);
  }
  sinceUpdate(told) { return Math.max(0, Math.min(30, this.state.nowS() - told.updatedS)); }
  steps(ctx, view, who, until, tone) {
    const { subjects } = this.state, perMetre = unitsPerMetre(subjects.toY[who]) * view.scale, end = this.ahead(who, until);
    ctx.beginPath(); ctx.moveTo(subjects.px[who], subjects.py[who]); ctx.lineTo(view.x(end[0]), view.y(end[1]));
    ctx.strokeStyle = tone; ctx.lineWidth = 1.8; ctx.setLineDash([2.5, 4]); ctx.stroke(); ctx.setLineDash([]);
    for (let t = STEP_S; t < until - 5; t += STEP_S) {
      const [wx, wy] = this.ahead(who, t), r = Math.max(3, (Math.min(subjects.accuracy[who] || 10, 60) + 0.06 * subjects.speed[who] * t) * perMetre);
      const x = view.x(wx), y = view.y(wy), keep = Math.min(r, 40);
      this.ways.push([x - keep, y - keep, x + keep, y + keep]);
      circle(ctx, x, y, keep); ctx.strokeStyle = alpha(tone, 0.75); ctx.lineWidth = 1.1; ctx.stroke();
      circle(ctx, x, y, 1.8); ctx.fillStyle = tone; ctx.fill();
    }
  }
  slot(device) { const slot = device ? this.state.subjects.slotOf.get(device) : undefined; return slot !== undefined && this.state.subjects.seen[slot] ? slot : -1; }

  // The only thing that flashes: whose red alarm nobody has acknowledged.
  waiting(ctx, view, nowMs) {
    const { subjects, unacknowledged } = this.state;
    if (nowMs % 1000 > 600) return;
    for (const device of unacknowledged) {
      const slot = this.slot(device);
      if (slot < 0 || !subjects.shown[slot] || subjects.clusterOf[slot] >= 0) continue;
      circle(ctx, subjects.px[slot], subjects.py[slot], 21);
      ctx.strokeStyle = this.colours.outline; ctx.lineWidth = 5; ctx.stroke();
      ctx.strokeStyle = this.colours.act; ctx.lineWidth = 2.6; ctx.stroke();
    }
  }
  zoneNames(view) {
    const { cases, selection, words } = this.state;
    for (const zone of cases.all.get(selection.case)?.zones ?? []) {
      const x = view.x(zone.x), top = view.y(zone.rings ? zone.box[1] : zone.y - zone.r) - 9, foot = view.y(zone.rings ? zone.box[3] : zone.y + zone.r) + 9;
      if ((zone.box[2] - zone.box[0]) * view.scale < 24 || !(touches(view, x, top, 60) || touches(view, x, foot, 60))) continue;
      const kind = words.say(`zone_${zone.kind}`), label = zone.label ? `${kind} · ${words.texts[`place_${zone.label}`] ?? zone.label}` : kind;
      const said = zone.inForce ? label : `${label} (${words.say("not_in_force")})`, tone = zone.kind === "inclusion" ? this.colours.text_soft : this.colours.act;
      const within = Math.min(foot, Math.max(top, view.insets().top + 14)), below = Math.min(foot, within + BELOW), aside = this.text(said, tone, 11, true).w / 2 + BELOW;
      this.putClear(view, said, [[x, top], [x, foot], [x, within], [x + aside, within], [x - aside, within], [x, below]], tone, 11);
    }
  }
  // Words at the first place where they are whole on the map, under no button and on no other words; else under no button; at the first of all where none is.
  putClear(view, text, spots, tone, size) {
    const { w, h } = this.text(text, tone, size, true), over = this.overlays(), words = this.fixed.map(boxOf);
    const free = ([x, y], boxes) => !boxes.some((r) => x - w / 2 < r[2] && x + w / 2 > r[0] && y - h / 2 < r[3] && y + h / 2 > r[1]);
    const clear = spots.filter(([x, y]) => x - w / 2 > 0 && y - h / 2 > 0 && x + w / 2 < view.width && y + h / 2 < view.height && free([x, y], over));
    const [x, y] = clear.find((spot) => free(spot, words)) ?? clear[0] ?? spots[0];
    this.put(text, x, y, tone, size);
  }
  found(ctx, view) {
    for (const place of this.state.found) {
      const x = view.x(worldX(place.lon)), y = view.y(worldY(place.lat));
      circle(ctx, x, y, 9); ctx.strokeStyle = this.colours.outline; ctx.lineWidth = 5; ctx.stroke();
      ctx.strokeStyle = this.colours.text; ctx.lineWidth = 2; ctx.stroke();
      circle(ctx, x, y, 2.5); ctx.fillStyle = this.colours.text; ctx.fill();
      this.put(place.name, x, y - 20, this.colours.text, 13);
    }
  }
  // Where both were at the moment that a chart's crosshair shows: a measured fix, never a place between two.
  moment(ctx, view) {
    const { trails, moment } = this.state;
    if (moment === null) return;
    for (const track of trails.tracks) {
      const i = nearestFix(track, moment);
      if (i < 0) continue;
      const x = view.x(track.x[i]), y = view.y(track.y[i]);
      if (!touches(view, x, y, 12)) continue;
      circle(ctx, x, y, 7); ctx.strokeStyle = this.colours.outline; ctx.lineWidth = 5; ctx.stroke();
      ctx.strokeStyle = this.colours.text; ctx.lineWidth = 2; ctx.stroke();
      this.put(this.state.words.clock(track.t[i], "Asia/Seoul"), x, y - 17, this.colours.text, 11);
    }
  }
  places(ctx, view) {
    const { cases, selection, layers, subjects } = this.state, row = cases.all.get(selection.case);
    if (!row || !layers.places) return;
    for (const place of row.places) {
      const x = view.x(worldX(place.lon)), y = view.y(worldY(place.lat));
      if (!touches(view, x, y, 20)) continue;
      const stood = row.people.some((p) => { const slot = this.slot(p.device); return slot >= 0 && Math.hypot(subjects.px[slot] - x, subjects.py[slot] - y) < 2 * SYMBOL_R; });
      const at = stood ? x - ASIDE : x;
      if (stood) { ctx.beginPath(); ctx.moveTo(x, y); ctx.lineTo(at, y); ctx.strokeStyle = this.colours.text_soft; ctx.lineWidth = 1.2; ctx.stroke(); }
      ctx.beginPath(); ctx.moveTo(at, y); ctx.lineTo(at - 6, y - 9); ctx.arc(at, y - 12, 6.7, Math.PI * 0.85, Math.PI * 0.15); ctx.closePath();
      ctx.fillStyle = this.colours.raised; ctx.fill(); ctx.strokeStyle = this.colours.text_soft; ctx.lineWidth = 1.4; ctx.stroke();
      circle(ctx, at, y - 12, 2.2); ctx.fillStyle = this.colours.text_soft; ctx.fill();
      this.put(this.state.words.say(`place_${place.kind}`), at, y + 9, this.colours.text_soft, 11);
    }
  }
  // Words with a place of their own: everything else keeps off them.
  put(text, x, y, tone, size) {
    const image = this.text(text, tone, size, true);
    this.fixed.push({ image, at: [Math.round(x - image.w / 2), Math.round(y - image.h / 2)] });
  }
  units(ctx, view, labels) {
    if (!this.state.layers.units || view.zoom < UNITS_FROM) return;
    for (const unit of this.state.units) {
      const x = view.x(worldX(unit.lon)), y = view.y(worldY(unit.lat));
      if (!touches(view, x, y, 20)) continue;
      const { words } = this.state, age = this.state.nowS() - unit.reportedS, old = age > unit.silentAfterS;
      drawUnit(ctx, x, y, this.colours, unit.state === "off" || unit.state === "busy", old);
      if (view.zoom < UNIT_NAMES_FROM) continue;
      const since = old ? words.say("ago", { span: words.span(Math.floor(age / 60) * 60) }) : unit.eta === null ? "" : words.span(unit.eta);
      labels.push({ x, y, r: 10, text: since ? `${unit.callsign} · ${since}` : unit.callsign, tone: this.colours.police, order: 2 });
    }
  }
  // The words beside symbols, urgent ones first, on no symbol of an alarm; what finds no free place stays away. Returns the rectangles taken.
  names(view, wanted) {
    const taken = this.fixed.map(boxOf).concat(this.ways, this.cameBoxes(view));
    for (const { alarm, x, y } of wanted) if (alarm) taken.push([x - ALARM_R, y - ALARM_R, x + ALARM_R, y + ALARM_R]);
    for (const label of wanted) {
      const image = this.text(label.text, label.tone, 12, true), w = image.w, h = image.h;
      const spots = [[label.x + label.r, label.y - h / 2], [label.x - label.r - w, label.y - h / 2], [label.x - w / 2, label.y - label.r - h + 2], [label.x - w / 2, label.y + label.r - 2],
        ...[0, 1.2, -1.2].flatMap((up) => [[label.x + label.r + FARTHER, label.y - h / 2 - up * h], [label.x - label.r - w - FARTHER, label.y - h / 2 - up * h]])];
      const free = spots.find(([x, y]) => x > 0 && x + w < view.width && !taken.some((t) => x < t[2] && x + w > t[0] && y < t[3] && y + h > t[1]));
      if (!free && !label.must) continue;
      const [x, y] = (free ?? spots[0]).map(Math.round);
      taken.push([x, y, x + w, y + h]);
      label.image = image; label.at = [x, y];
    }
    return taken;
  }
  // Where the tracks of the chosen case run, as small boxes: their ends at least, at which the names stand.
  cameBoxes(view) {
    const found = [];
    for (const track of this.state.trails.tracks) {
      let lastX = NaN, lastY = NaN;
      for (let i = track.n - 1; i >= Math.max(0, track.n - CAME_FIXES) && found.length < CAME; i--) {
        const x = view.x(track.x[i]), y = view.y(track.y[i]);
        if (track.rejected[i] || !touches(view, x, y, 60) || Math.hypot(x - lastX, y - lastY) < 8) continue;
        if (!(Math.hypot(x - lastX, y - lastY) > 60)) for (let part = 0; part < 1; part += 0.25) found.push(around(lastX + (x - lastX) * part, lastY + (y - lastY) * part));
        found.push(around(x, y));
        lastX = x; lastY = y;
      }
    }
    return found;
  }
  paintNames(ctx, wanted) {
    for (const { image, at } of this.fixed) ctx.drawImage(image.canvas, at[0], at[1], image.w, image.h);
    for (const { image, at } of wanted) if (at) ctx.drawImage(image.canvas, at[0], at[1], image.w, image.h);
    this.forget(Math.max(WORDS, this.inFrame));
  }
  word(ctx, text, x, y, tone, size, bold) {
    const image = this.text(text, tone, size, bold);
    ctx.drawImage(image.canvas, Math.round(x - image.w / 2), Math.round(y - image.h / 2), image.w, image.h);
  }
  text(text, tone, size, bold) {
    const key = `${text}|${tone}|${size}|${bold}`, found = this.texts.get(key);
    if (found) {
      if (found.frame !== this.frame) { found.frame = this.frame; this.inFrame++; }
      this.texts.delete(key); this.texts.set(key, found);
      return found;
    }
    const font = `${bold ? 700 : 400} ${size}px ${this.family}`;
    probe.font = font; probe.letterSpacing = "0px";
    const w = Math.ceil(probe.measureText(text).width) + 8, h = size + 8, canvas = picture(w, h, this.ratio, (c) => {
      c.font = font; c.textBaseline = "middle"; c.lineJoin = "round";
      c.strokeStyle = this.colours.outline; c.lineWidth = 3.4; c.globalAlpha = 0.92; c.strokeText(text, 4, h / 2);
      c.globalAlpha = 1; c.fillStyle = tone; c.fillText(text, 4, h / 2);
    });
    const made = { canvas, w, h, frame: this.frame };
    this.texts.set(key, made);
    this.inFrame++;
    return made;
  }
}

function boxOf({ image, at }) { return [at[0], at[1], at[0] + image.w, at[1] + image.h]; }
function around(x, y) { return [x - 4, y - 4, x + 4, y + 4]; }

// The point at a share of that part of a line which is on screen, or null.
function pointInView(view, [x0, y0, x1, y1], share) {
  let from = 0, to = 1;
  const cut = (p, q) => { if (p === 0) return q >= 0; const r = q / p; if (p < 0) from = Math.max(from, r); else to = Math.min(to, r); return true; };
  const ok = cut(x0 - x1, x0) && cut(x1 - x0, view.width - x0) && cut(y0 - y1, y0) && cut(y1 - y0, view.height - y0);
  if (!ok || from >= to) return null;
  const t = from + (to - from) * share;
  return [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
}

// The newest believed fix not after a moment and not more than a gap before it; -1 where there is none.
function nearestFix(track, moment) {
  let low = 0, high = track.n;
  while (low < high) { const middle = (low + high) >> 1; if (track.t[middle] <= moment) low = middle + 1; else high = middle; }
  let i = low - 1;
  while (i >= 0 && track.rejected[i]) i--;
  return i >= 0 && moment - track.t[i] <= GAP_S ? i : -1;
}

function* circled(selected, doubtful) {
  yield* selected;
  for (const slot of doubtful) if (!selected.has(slot)) yield slot;
}
