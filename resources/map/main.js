// The live map: ties the view, the base map, the live layer and the channel together and draws a frame when something changed.
import { BaseMap } from "./tiles.js";
import { Cases } from "./zones.js";
import { Channel } from "./channel.js";
import { Controls } from "./controls.js";
import { Interaction } from "./interaction.js";
import { Labels } from "./labels.js";
import { Marks } from "./marks.js";
import { keepTidy } from "./memory.js";
import { CaseOverlay, CrowdOverlay } from "./overlay.js";
import { Sprites } from "./sprites.js";
import { Subjects } from "./subjects.js";
import { Trails } from "./trails.js";
import { View, latOf, lonOf, unitsPerMetre, worldX, worldY } from "./view.js";
import { Words } from "./words.js";

const BEAT_MS = 1000;
const LABELLED_FROM = 15.5;
const MOST_LABELS = 70;
const MOST_NEARBY = 12;
const SPOKEN_M = 300;
const AREAS = new Set(["country", "province", "city", "district", "dong", "town", "suburb", "water"]);
const FIT_WAIT_MS = 5000;
const OWN_CLICK_MS = 2000;
const HUSH_MS = 400;

class LiveMap {
  constructor(map) {
    this.state = {
      subjects: new Subjects(), trails: new Trails(), cases: new Cases(), words: new Words(), units: [], found: [], unacknowledged: [], moment: null, identities: true, pair: null, selection: { case: null, device: null },
      selected: new Set(), layers: { trails: true, zones: true, rings: true, accuracy: true, names: true, units: true, places: true, rejected: false, clusters: true },
      measure: null, measuring: false, frame: "live", follow: null, hover: -1, nowS: () => this.nowS(),
    };
    this.view = new View(map, () => this.dirty());
    this.canvas = document.createElement("canvas");
    this.canvas.id = "canvas";
    map.getContainer().prepend(this.canvas);
    this.ctx = this.canvas.getContext("2d", { alpha: false });
    this.base = new BaseMap(() => this.dirty(), (found) => { this.labels.take(found); this.dirty(); });
    this.labels = new Labels(this.base);
    this.overlay = new CrowdOverlay(this.state);
    this.caseOverlay = new CaseOverlay(this.state);
    this.marks = new Marks(this.state, () => this.controls.boxes());
    this.sprites = new Sprites();
    this.channel = new Channel((key, value) => this.take(key, value), (buffer) => this.state.subjects.early(buffer), (buffer) => this.takeFrame(buffer));
    this.tracks = new Worker(new URL("track_reader.js", location.href), { type: "module" });
    this.tracks.onmessage = ({ data }) => this.takeTracks(data);
    this.interaction = new Interaction(this, map);
    this.controls = new Controls(this.state, this.view, this.interaction.acts());
    this.avoid = []; this.presented = 0; this.rendered = 0; this.scheduled = false; this.themed = false; this.hushUntil = 0;
  }
  start() {
    this.channel.start();
    keepTidy();
    setInterval(() => this.beat(), BEAT_MS);
    this.beat();
  }
  nowS() {
    const { subjects, frame } = this.state;
    if (!subjects.frame) return Date.now() / 1000;
    return subjects.atUs / 1e6 + (frame === "live" ? (performance.now() - subjects.arrivedMs) / 1000 : 0);
  }
  beat() {
    this.controls.measureBoxes();
    const { centre, zoom } = this.view;
    this.channel.tell("beat", { rendered: this.rendered, presented: this.presented, lat: centre.lat, lon: centre.lng, zoom });
    if (this.state.subjects.frame) this.dirty();
  }
  dirty() {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame((at) => this.draw(at));
  }
  takeFrame(buffer) {
    const { subjects, trails } = this.state;
    if (!subjects.take(buffer, performance.now())) return;
    trails.remember(subjects);
    this.overlay.append(trails.added);
    this.reselect();
    this.tryFit();
    this.dirty();
  }
  async take(key, value) {
    const [kind, id] = split(key);
    const handler = this[`take_${kind}`];
    if (handler) await handler.call(this, value, id);
    this.dirty();
  }
  take_roster(value) { this.state.subjects.setRoster(value.number, value.devices); this.reselect(); }
  take_case(value, id) {
    if (this.state.cases.put(id, value)) { this.overlay.renew(); this.caseOverlay.renew(); }
    this.reselect();
  }
  take_units(value) { this.state.units = value; }
  take_moment(value) { this.state.moment = value; }
  take_identities(value) { this.state.identities = value; this.controls.hideTip(); this.controls.showSearch(value); }
  // Named places within a radius, nearest first: where police could be sent besides the known addresses.
  take_nearby(value) {
    if (!value) return;
    const x = worldX(value.lon), y = worldY(value.lat), r = value.radius * unitsPerMetre(y), language = this.state.words.language;
    this.base.askNearby("nearby", 16, [x - r, y - r, x + r, y + r], (names) => {
      const found = new Map();
      for (const name of names) {
        const text = language === "ko" ? name.ko : name.en, far = Math.hypot(name.x - x, name.y - y);
        if (!text || name.kind === "road" || far > r || (found.get(text)?.far ?? Infinity) <= far) continue;
        found.set(text, { far, name: text, lat: latOf(name.y), lon: lonOf(name.x) });
      }
      const places = [...found.values()].sort((a, b) => a.far - b.far).slice(0, MOST_NEARBY);
      this.channel.tell("nearby", { number: value.number, places: places.map(({ name, lat, lon }) => ({ name, lat, lon })) });
    });
  }
  // What stands nearest to each of some spots, streets too: a name that can be spoken, and how far off it is.
  take_spots(value) {
    const { language } = this.state.words;
    for (const { key, lat, lon } of value?.spots ?? []) {
      const x = worldX(lon), y = worldY(lat), metre = unitsPerMetre(y), r = SPOKEN_M * metre;
      this.base.askNearby(`spot ${key}`, 16, [x - r, y - r, x + r, y + r], (names) => {
        const found = spokenName(names, x, y, language), far = found ? found.far / metre : Infinity;
        this.channel.tell("spot", { number: value.number, key, name: far <= SPOKEN_M ? found.text : null });
      });
    }
  }
  take_found(value) { this.state.found = value; }
  take_unacknowledged(value) { this.state.unacknowledged = value; }
  take_pair(value) { this.state.pair = value; }
  take_selection(value) {
    const chosen = value.case !== null && value.case !== this.state.selection.case;
    this.state.selection = value;
    this.reselect();
    this.caseOverlay.renew();
    if (chosen) this.hush();
    if (!chosen || performance.now() - this.interaction.clickedAt < OWN_CLICK_MS) return;
    this.fitting = { case: value.case, until: performance.now() + FIT_WAIT_MS, unlessSeen: true };
    this.tryFit();
  }
  // A case was chosen: until its tracks are here the crowd stands still, so that they are read and painted at once; those of another case go.
  hush() {
    const { trails, cases, selection } = this.state, carried = new Set((cases.all.get(selection.case)?.people ?? []).map((p) => p.device));
    trails.setTracks(trails.tracks.filter((track) => carried.has(track.device)));
    if (trails.tracks.length) return;
    this.hushUntil = performance.now() + HUSH_MS;
    setTimeout(() => this.dirty(), HUSH_MS);
  }
  take_follow(value) { this.state.follow = value; this.controls.press("follow", value !== null); }
  take_frame(value) {
    this.state.frame = value.kind;
    document.body.classList.toggle("framed", value.kind !== "live");
    document.body.classList.toggle("both", value.colours.length > 1);
    document.documentElement.style.setProperty("--frame", value.colours[0]);
    document.documentElement.style.setProperty("--frame-two", value.colours.at(-1));
    const name = document.getElementById("frame-name");
    name.hidden = value.kind === "live"; name.textContent = this.state.words.say(`frame_${value.kind}`);
    this.state.trails.forget();
    this.overlay.renew();
  }
  take_view(value) {
    if (this.state.follow !== null) this.interaction.setFollow(null);
    this.fitting = value.case || value.everybody ? { case: value.case ?? null, until: performance.now() + FIT_WAIT_MS } : null;
    if (this.fitting) this.tryFit();
    else if (value.fit) this.view.fit(...corners(value.fit)); else this.view.goTo(value.lat, value.lon, value.zoom);
  }
  // Show the people of a case; while none of them has been seen yet, its zones; and afresh as soon as another one is seen.
  tryFit() {
    if (!this.fitting) return;
    if (this.fitting.case === null) { if (this.interaction.fitEverybody()) this.fitting = null; return; }
    const { fitting, interaction } = this, [seen, all] = interaction.seenOf(fitting.case), over = performance.now() > fitting.until;
    const fits = fitting.unlessSeen && interaction.wellInView(fitting.case);
    if (!fits && (seen === 0 || seen !== fitting.seen)) interaction.fitCase(fitting.case);
    fitting.seen = seen;
    this.whole = fitting.case;
    if ((seen > 0 && seen === all) || over) this.fitting = null;
  }
  take_texts(value) {
    Object.assign(this.state.words, { texts: value.texts, language: value.language });
    document.documentElement.lang = value.language;
    this.labels.setLanguage(value.language);
    this.controls.build();
    this.legend();
    document.getElementById("credit").textContent = this.credits ?? "";
  }
  take_sources(value) {
    this.credits = [...new Set(value.map((s) => s.credit))].reverse().join(" · "); // the streets are what is seen most
    document.getElementById("credit").textContent = this.credits;
    document.getElementById("credit").title = this.credits;
    this.controls.taken = null;
    this.labels.forget();
    this.base.setSources(value.map((s) => ({ ...s, box: [worldX(s.bounds[0]), worldY(s.bounds[3]), worldX(s.bounds[2]), worldY(s.bounds[1])] })));
  }
  takeTracks(tracks) {
    this.state.trails.setTracks(tracks);
    this.caseOverlay.renew();
    this.legend();
    this.hushUntil = 0;
    this.dirty();
  }
  legend() { if (this.colours) this.controls.legend(this.colours.speeds, this.state.trails.tracks.length > 0); }
  async take_theme(value) {
    this.theme = value;
    const { tokens, family } = value, night = value.name === "night", ratio = window.devicePixelRatio || 1;
    this.family = family;
    await Promise.all(["400 12px", "700 12px"].map((f) => document.fonts.load(`${f} ${family}`, "가A").catch(() => {})));
    for (const [name, colour] of Object.entries(tokens)) if (typeof colour === "string") document.documentElement.style.setProperty(`--${name.replaceAll("_", "-")}`, colour);
    document.documentElement.style.setProperty("--family", family);
    document.documentElement.style.setProperty("--land", tokens.map.land);
    this.colours = { ...tokens, ground: tokens.map.land, outline: night ? "#0b0d10" : "#ffffff", protected: tokens.text_soft, onAct: "#ffffff" };
    this.sprites.setTheme(this.colours, ratio);
    this.overlay.setTheme(this.colours, ratio);
    this.caseOverlay.setTheme(this.colours, ratio);
    this.marks.setTheme(this.colours, ratio, family);
    this.labels.setTheme(tokens, night, family, ratio, tokens.police);
    this.base.setTheme(tokens, night, ratio);
    this.ratio = ratio; this.themed = true;
    this.legend();
  }
  // Which slots belong to the selected case or device.
  reselect() {
    const { selected, selection, cases, subjects } = this.state, before = [...selected].join();
    selected.clear();
    const devices = (cases.all.get(selection.case)?.people ?? []).map((p) => p.device).concat(selection.device ?? []);
    for (const device of devices) { const slot = subjects.slotOf.get(device); if (slot !== undefined && subjects.seen[slot]) selected.add(slot); }
    subjects.selected = selected;
    if ([...selected].join() !== before) { subjects.clusterZoom = -1; this.overlay.renew(); }
  }
  resize() {
    const w = Math.round(this.view.width * this.ratio), h = Math.round(this.view.height * this.ratio);
    const changed = this.canvas.width !== w || this.canvas.height !== h;
    this.keepWhole(changed);
    if (!changed) return;
    this.controls.taken = null;
    this.canvas.width = w; this.canvas.height = h;
    this.canvas.style.width = `${this.view.width}px`; this.canvas.style.height = `${this.view.height}px`;
  }
  // Who was seen whole stays so when the map becomes smaller; while nobody of the case is seen, until they are.
  keepWhole(changed) {
    const { interaction, state: { selection } } = this, id = selection.case, [seen] = interaction.seenOf(id), whole = interaction.wholeInView(id);
    if (!changed && seen) this.whole = whole ? id : null;
    if (!changed || id === null || whole || this.whole !== id) return;
    if (seen) interaction.fitCase(id); else this.fitting = { case: id, until: performance.now() + FIT_WAIT_MS, unlessSeen: true };
  }
  follow(now) {
    const slot = this.state.follow === null ? -1 : this.marks.slot(this.state.follow);
    if (slot >= 0) this.view.centreOn(...this.state.subjects.worldOf(slot, now));
  }
  draw() {
    this.scheduled = false;
    if (!this.themed || !this.view.width) return;
    if (this.ratio !== (window.devicePixelRatio || 1)) { this.themed = false; this.take_theme(this.theme).then(() => this.dirty()); return; }
    const now = performance.now(), { view, ctx, state } = this;
    let again = view.animate();
    this.follow(now);
    this.resize();
    this.base.request(view);
    this.labels.update(view);
    again = this.labels.waiting() || again;
    const choosing = this.caseOverlay.update(view);
    const hushed = choosing || now < this.hushUntil;
    again = choosing || (!hushed && this.overlay.update(view)) || again;
    state.subjects.cluster(view, state.layers.clusters);
    state.subjects.project(view, now);
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.fillStyle = this.colours.map.water;
    if (!this.complete) ctx.fillRect(0, 0, view.width, view.height);
    this.complete = this.base.grid.draw(ctx, view);
    this.paint(ctx);
    this.controls.scale();
    this.presented++; this.rendered = state.subjects.frame;
    if (again || (!hushed && state.subjects.moving(now)) || view.target) this.dirty();
    else if (state.unacknowledged.length && !this.blink) this.blink = setTimeout(() => { this.blink = 0; this.dirty(); }, 200);
  }
  paint(ctx) {
    const { state, view, marks } = this, { subjects } = state, now = performance.now();
    this.overlay.draw(ctx, view);
    if (!this.caseOverlay.idle()) this.caseOverlay.draw(ctx, view);
    marks.begin();
    marks.rings(ctx, view);
    marks.circles(ctx, view);
    if (state.layers.names) this.labels.draw(ctx, view, this.avoid.concat(this.controls.boxes()));
    marks.places(ctx, view);
    marks.zoneNames(view);
    marks.pair(ctx, view);
    subjects.drawClusters(ctx, view, this.colours, this.family);
    subjects.draw(ctx, this.sprites, view);
    const words = this.symbolWords();
    marks.units(ctx, view, words);
    marks.waiting(ctx, view, now);
    marks.found(ctx, view);
    marks.moment(ctx, view);
    this.avoid = marks.names(view, words).concat(subjects.clusterBoxes(view));
    this.interaction.paint(ctx);
    marks.paintNames(ctx, words);
  }
  // Who gets a name: the selected, alarms, what the pointer is on; close in, everybody that fits.
  symbolWords() {
    const { subjects, words, cases, selected, hover } = this.state, found = [], now = this.nowS(), all = this.view.zoom >= LABELLED_FROM;
    const add = (slot) => {
      const level = subjects.level[slot], chosen = selected.has(slot);
      if (!subjects.shown[slot] || subjects.clusterOf[slot] >= 0) return;
      const id = subjects.ids[slot], age = now - subjects.measuredS[slot];
      const name = this.state.identities ? (cases.personOf.get(id) ?? id) : "", old = subjects.fresh[slot] >= 1 || chosen || level;
      found.push({
        x: subjects.px[slot], y: subjects.py[slot], r: level === 4 ? 18 : chosen ? 17 : 11, must: chosen, order: chosen ? 0 : 1, alarm: level > 0,
        text: [name, old ? words.span(age) : ""].filter(Boolean).join(" · "), tone: level ? this.marks.tone(level) : chosen ? this.colours.text : this.colours.text_soft,
      });
    };
    for (const slot of selected) add(slot);
    if (hover >= 0 && !selected.has(hover)) add(hover);
    for (let i = subjects.n - 1; i >= 0 && found.length < MOST_LABELS; i--) {
      const slot = subjects.order[i], level = subjects.level[slot];
      if (level === 0 && !all) break;
      if (all || this.view.zoom >= (level === 1 ? 12 : level === 3 ? 14 : 9)) if (!selected.has(slot) && slot !== hover) add(slot);
    }
    return found.sort((a, b) => a.order - b.order);
  }
}

// The name nearest to a point: of a place where it stands, of a street along its way. A bare number is a house's: nobody would find it.
function spokenName(names, x, y, language) {
  let best = null;
  for (const name of names) {
    const text = language === "ko" ? name.ko : name.en;
    if (!/\p{L}/u.test(text ?? "") || AREAS.has(name.kind)) continue;
    const half = name.kind === "road" ? name.length / 2 : 0, cos = Math.cos(name.angle ?? 0), sin = Math.sin(name.angle ?? 0);
    const along = Math.max(-half, Math.min(half, (x - name.x) * cos + (y - name.y) * sin)), far = Math.hypot(x - name.x - along * cos, y - name.y - along * sin);
    if (!best || far < best.far) best = { text, far };
  }
  return best;
}
function split(key) { const at = key.indexOf(":"); return at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)]; }
function corners([south, west, north, east]) { return [worldX(west), worldY(north), worldX(east), worldY(south)]; }

const live = new LiveMap(window.map_live);
window.bongsu = live;
live.start();
