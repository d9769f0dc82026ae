// What a person does on the map: select, centre, follow, fit, measure, read off; and the keys for it.
import { unitsPerMetre, worldX, worldY } from "./view.js";
import { measured } from "./controls.js";

const ROOM_M = 150;
const WIDE = 0.4; // of the map, that a chosen pair takes at least
const CLOSEST = 17; // see View.fit

export class Interaction {
  constructor(live, map) {
    Object.assign(this, { live, map, state: live.state, clickedAt: -Infinity });
    map.on("click", (e) => this.click(e.containerPoint));
    map.on("dblclick", (e) => this.doubleClick(e.containerPoint));
    map.on("contextmenu", (e) => live.channel.tell("context", { lat: e.latlng.lat, lon: e.latlng.lng }));
    map.on("mousemove", (e) => this.hover(e.containerPoint));
    map.on("mouseout", () => { this.state.hover = -1; live.controls.hideTip(); live.dirty(); });
    map.on("dragstart", () => { if (this.state.follow !== null) this.setFollow(null); });
    document.addEventListener("keydown", (e) => this.key(e));
  }
  acts() {
    return {
      layers: () => this.live.controls.toggleLayers(),
      search: () => this.live.channel.tell("search", {}),
      fit: () => this.fit(),
      follow: () => this.setFollow(this.state.follow === null ? this.followable() : null),
      measure: () => this.setMeasure(this.state.measure ? null : []), // pressing again takes the line away
      in: () => this.live.view.zoomTo(this.live.view.zoom + 1),
      out: () => this.live.view.zoomTo(this.live.view.zoom - 1),
      layersChanged: () => { this.state.subjects.clusterZoom = -1; this.live.overlay.renew(); this.live.caseOverlay.renew(); this.live.dirty(); },
    };
  }
  click(point) {
    const { live, state } = this;
    if (state.measuring) { state.measure.push(live.view.latLonAt(point.x, point.y)); live.dirty(); return; }
    const hit = state.subjects.at(live.view, point.x, point.y);
    if (hit?.cluster) { this.open(hit.cluster); return; }
    const device = hit ? state.subjects.ids[hit.slot] : null;
    if (device === null && state.selection.device === null && state.selection.case === null) return;
    this.clickedAt = performance.now();
    live.channel.tell("selected", { device });
  }
  open(cluster) {
    let [west, north, east, south] = [2, 2, -1, -1];
    for (const slot of cluster.slots) {
      const x = this.state.subjects.toX[slot], y = this.state.subjects.toY[slot];
      west = Math.min(west, x); north = Math.min(north, y); east = Math.max(east, x); south = Math.max(south, y);
    }
    this.live.view.fit(west, north, east, south);
  }
  doubleClick(point) {
    const { live, state } = this;
    if (state.measuring) { this.endMeasure(); return; }
    const hit = state.subjects.at(live.view, point.x, point.y);
    const [x, y] = hit?.slot !== undefined ? state.subjects.worldOf(hit.slot, performance.now()) : live.view.worldAt(point.x, point.y);
    live.view.centreOn(x, y);
    live.view.zoomTo(Math.min(19, Math.max(hit ? 16 : 0, Math.round(live.view.zoom + 1))));
  }
  hover(point) {
    const { live, state } = this;
    if (live.view.moving) return;
    const hit = state.subjects.at(live.view, point.x, point.y), slot = hit?.slot ?? -1;
    this.map.getContainer().classList.toggle("over-symbol", hit !== null);
    live.controls.showReadout(...live.view.latLonAt(point.x, point.y));
    if (slot >= 0 && state.identities) live.controls.subjectTip(slot, point.x, point.y);
    else if (hit?.cluster) live.controls.clusterTip(hit.cluster, point.x, point.y);
    else live.controls.tip.hidden = true;
    if (slot !== state.hover || state.measuring) { state.hover = slot; live.dirty(); }
    this.pointer = point;
  }
  // Letters belong to the desk; the page only ends what it began.
  key(event) { if (event.key === "Escape" && this.state.measure) this.setMeasure(null); }
  followable() {
    const { selection, cases } = this.state;
    return selection.device ?? cases.all.get(selection.case)?.people.find((p) => p.part === "subject")?.device ?? null;
  }
  setFollow(device) {
    this.state.follow = device;
    this.live.controls.press("follow", device !== null);
    this.live.channel.tell("following", { device });
    this.live.dirty();
  }
  // A double click is the last point; the line stays to be read until the button is pressed again.
  endMeasure() {
    this.state.measure.pop();
    this.state.measuring = false;
    this.map.getContainer().classList.remove("measuring");
    this.live.dirty();
  }
  setMeasure(points) {
    this.state.measure = points;
    this.state.measuring = points !== null;
    this.live.controls.press("measure", points !== null);
    this.map.getContainer().classList.toggle("measuring", points !== null);
    this.live.dirty();
  }
  // Whether everybody of a case who has been seen is on screen; a case chosen elsewhere is brought there, one clicked here leaves the map still.
  wholeInView(id) {
    const { subjects } = this.state, view = this.live.view;
    const slots = (this.state.cases.all.get(id)?.people ?? []).map((p) => this.live.marks.slot(p.device)).filter((s) => s >= 0);
    const { top, bottom } = view.insets();
    return slots.length > 0 && slots.every((s) => { const x = view.x(subjects.toX[s]), y = view.y(subjects.toY[s]); return x > 20 && y > top && x < view.width - 20 && y < view.height - bottom; });
  }
  // Whether the people of a case are on screen, and far enough apart on it for the way between them to be read; or it is as close as it comes.
  wellInView(id) {
    const { subjects } = this.state, { view, marks } = this.live;
    const slots = (this.state.cases.all.get(id)?.people ?? []).map((p) => marks.slot(p.device)).filter((s) => s >= 0);
    const reach = (axis) => slots.length < 2 ? Infinity : (Math.max(...slots.map((s) => subjects[axis][s])) - Math.min(...slots.map((s) => subjects[axis][s]))) * view.scale;
    const wide = reach("toX") > WIDE * view.width || reach("toY") > WIDE * view.roomHigh() || view.zoom > CLOSEST - 0.5;
    return wide && this.wholeInView(id);
  }
  // How many people of a case have been seen, of how many who carry a device.
  seenOf(id) {
    const devices = (this.state.cases.all.get(id)?.people ?? []).map((p) => p.device).filter(Boolean);
    return [devices.filter((device) => this.live.marks.slot(device) >= 0).length, devices.length];
  }
  // The people of a case with room about them; its zones when nobody of it has been seen.
  fitCase(id) {
    const row = this.state.cases.all.get(id), box = [2, 2, -1, -1];
    const add = (x, y, r) => { box[0] = Math.min(box[0], x - r); box[1] = Math.min(box[1], y - r); box[2] = Math.max(box[2], x + r); box[3] = Math.max(box[3], y + r); };
    if (!row) return;
    const { subjects } = this.state, slots = row.people.map((p) => this.live.marks.slot(p.device)).filter((s) => s >= 0);
    for (const slot of slots) add(subjects.toX[slot], subjects.toY[slot], ROOM_M * unitsPerMetre(subjects.toY[slot]));
    const apart = Math.max(box[2] - box[0], box[3] - box[1]);
    for (const ring of row.rings) { // a red ring is seen whole, unless it would make dots of the two
      const slot = this.live.marks.slot(row.people.find((p) => p.person === ring.about)?.device);
      const r = slot < 0 ? Infinity : ring.distance * unitsPerMetre(subjects.toY[slot]);
      if (ring.effect === "alarm" && ring.inForce && 2 * r <= apart) add(subjects.toX[slot], subjects.toY[slot], r);
    }
    if (!slots.length) for (const zone of row.zones) { add(zone.box[0], zone.box[1], 0); add(zone.box[2], zone.box[3], 0); }
    this.live.view.fit(...box);
  }
  // Everybody who has been seen, whoever is selected; false while there is nobody.
  fitEverybody() {
    const { subjects } = this.state, box = [2, 2, -1, -1];
    for (const slot of subjects.slotOfRow) {
      if (!subjects.seen[slot]) continue;
      const x = subjects.toX[slot], y = subjects.toY[slot];
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    }
    this.live.view.fit(...box);
    return box[2] >= box[0];
  }
  // The selected case with its zones and people; with none, everybody.
  fit() {
    const { subjects, selected, cases, selection } = this.state, box = [2, 2, -1, -1];
    const add = (x, y) => { box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y); };
    for (const slot of selected.size ? selected : subjects.slotOfRow) if (subjects.seen[slot]) add(subjects.toX[slot], subjects.toY[slot]);
    if (!selected.size) for (const zone of cases.all.get(selection.case)?.zones ?? []) { add(zone.box[0], zone.box[1]); add(zone.box[2], zone.box[3]); }
    this.live.view.fit(...box);
  }
  paint(ctx) {
    const { state, live } = this, { marks, view } = live;
    for (const slot of state.selected) {
      if (!state.subjects.shown[slot] || state.subjects.clusterOf[slot] >= 0) continue;
      ctx.beginPath(); ctx.arc(state.subjects.px[slot], state.subjects.py[slot], 15, 0, 7);
      ctx.strokeStyle = live.colours.text; ctx.lineWidth = 1.4; ctx.stroke();
    }
    if (!state.measure?.length) return;
    const points = state.measure.map(([lat, lon]) => [view.x(worldX(lon)), view.y(worldY(lat))]);
    if (this.pointer && state.measuring) points.push([this.pointer.x, this.pointer.y]);
    ctx.beginPath();
    points.forEach(([x, y], i) => ctx[i ? "lineTo" : "moveTo"](x, y));
    ctx.strokeStyle = live.colours.outline; ctx.lineWidth = 4.5; ctx.stroke();
    ctx.strokeStyle = live.colours.text; ctx.lineWidth = 1.8; ctx.setLineDash([7, 4]); ctx.stroke(); ctx.setLineDash([]);
    state.measure.forEach((_, i) => {
      const [x, y] = points[i];
      ctx.beginPath(); ctx.arc(x, y, 3.5, 0, 7); ctx.fillStyle = live.colours.text; ctx.fill();
      if (i) marks.word(ctx, state.words.distance(measured(state.measure.slice(0, i + 1))), x, y - 14, live.colours.text, 12, true);
    });
  }
}
