// Buttons, layers, scale, read-out and tip: plain elements above the canvas.
import { SPEEDS } from "./trails.js";
import { distanceM } from "./view.js";

const LAYERS = ["trails", "zones", "rings", "accuracy", "names", "units", "places", "rejected", "clusters"];
const TOOLS = [["layers"], ["fit"], ["follow"], ["measure"], ["out", "−"], ["in", "+"]];

export class Controls {
  constructor(state, view, acts) {
    Object.assign(this, { state, view, acts });
    this.tools = document.getElementById("tools");
    this.panel = document.getElementById("layers");
    this.tip = document.getElementById("tip");
    this.readout = document.getElementById("readout");
    this.build();
  }
  build() {
    const { words, layers } = this.state;
    this.tools.replaceChildren(...TOOLS.map(([name, sign]) => {
      const button = document.createElement("button");
      button.textContent = sign ?? words.say(name);
      button.id = `tool-${name}`;
      button.title = words.say(`${name}_tip`);
      button.setAttribute("aria-label", words.say(`${name}_tip`));
      if (sign) button.className = "narrow"; else button.setAttribute("aria-pressed", "false");
      button.onclick = () => this.acts[name]();
      return button;
    }));
    this.panel.replaceChildren(...LAYERS.map((name) => {
      const label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox"; box.checked = layers[name]; box.id = `layer-${name}`;
      box.onchange = () => { layers[name] = box.checked; this.acts.layersChanged(); };
      label.append(box, words.say(`layer_${name}`));
      return label;
    }));
    const search = document.getElementById("search");
    search.textContent = `${words.say("search")}   /`; search.title = words.say("search_tip"); search.setAttribute("aria-label", search.title);
    search.onclick = () => this.acts.search();
    search.hidden = !this.state.identities;
    this.scaleStamp = "";
  }
  // A map that names nobody finds nobody either.
  showSearch(shown) { document.getElementById("search").hidden = !shown; this.taken = null; }
  // Where buttons, scale, legend and credit stand, for names to keep off; read off the page a few times a second, for reading it costs.
  boxes() { return this.taken ?? this.measureBoxes(); }
  measureBoxes() {
    const parts = ["tools", "search", "layers", "scale", "legend", "readout", "credit", "frame-name"].map((id) => document.getElementById(id));
    this.taken = parts.filter((part) => !part.hidden).map((part) => { const r = part.getBoundingClientRect(); return [r.left - 4, r.top - 4, r.right + 4, r.bottom + 4]; });
    return this.taken;
  }
  press(name, on) { document.getElementById(`tool-${name}`).setAttribute("aria-pressed", String(on)); }
  toggleLayers() { this.panel.hidden = !this.panel.hidden; this.taken = null; this.press("layers", !this.panel.hidden); }
  // What the colours of a track say: shown while there is one.
  legend(colours, shown) {
    const legend = document.getElementById("legend");
    legend.hidden = !shown;
    this.taken = null;
    if (!shown) return;
    const part = (name, text) => { const node = document.createElement(name); if (text !== undefined) node.textContent = text; return node; };
    const bars = colours.map((colour, i) => { const bar = part("i"); bar.style.background = colour; return i ? [part("span", SPEEDS[i - 1]), bar] : [bar]; });
    legend.replaceChildren(part("span", `${this.state.words.say("speed")} m/s`), ...bars.flat());
  }
  scale() {
    const stamp = `${this.view.zoom.toFixed(2)}/${this.view.centre.lat.toFixed(1)}`;
    if (stamp === this.scaleStamp) return;
    this.scaleStamp = stamp;
    const perPixel = 1 / this.view.pixels(1);
    const most = perPixel * 110, ten = 10 ** Math.floor(Math.log10(most)), length = [5, 2, 1].map((f) => f * ten).find((l) => l <= most);
    document.getElementById("scale-bar").style.width = `${Math.round(length / perPixel)}px`;
    document.getElementById("scale-text").textContent = length < 1000 ? this.state.words.say("metres", { n: length }) : this.state.words.say("kilometres", { n: length / 1000 });
  }
  showReadout(lat, lon) {
    const { measure, measuring, words } = this.state;
    let text = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
    if (this.state.frame !== "") text += ` · ${words.time(this.state.nowS())}`;
    if (measure) text = `${words.distance(measured([...measure, ...(measure.length && measuring ? [[lat, lon]] : [])]))} · ${text}`;
    this.readout.textContent = text;
    this.readout.hidden = false;
  }
  hideTip() { this.tip.hidden = true; this.readout.hidden = true; }
  showTip(rows, title, tone, x, y) {
    const head = document.createElement("b"), table = document.createElement("table");
    head.textContent = title; head.className = tone;
    for (const [name, value] of rows) {
      const row = table.insertRow();
      row.insertCell().textContent = name; row.insertCell().textContent = value;
    }
    this.tip.replaceChildren(head, table);
    this.tip.hidden = false;
    const w = this.tip.offsetWidth, h = this.tip.offsetHeight;
    this.tip.style.left = `${Math.max(8, x + 18 + w > this.view.width ? x - w - 18 : x + 18)}px`;
    this.tip.style.top = `${Math.max(8, y + 14 + h > this.view.height ? y - h - 14 : y + 14)}px`;
  }
  clusterTip(cluster, x, y) {
    const { words } = this.state, rows = [[words.say("people"), cluster.n]];
    if (cluster.act) rows.push(["▲", cluster.act]);
    if (cluster.look) rows.push(["◆", cluster.look]);
    this.showTip(rows, "", cluster.act ? "act" : cluster.look ? "look" : "", x, y);
  }
  subjectTip(slot, x, y) {
    const { subjects, words, cases } = this.state, id = subjects.ids[slot], level = subjects.level[slot];
    const rows = [[words.say("part"), words.say(subjects.part[slot] === 1 ? "protected" : "wearer")]];
    const of = [...(cases.ofDevice.get(id) ?? [])];
    if (of.length) rows.push([words.say("case"), of.slice(0, 3).join(", ")]);
    const age = this.state.nowS() - subjects.measuredS[slot];
    rows.push([words.say("age"), words.say("ago", { span: words.span(age) })], [words.say("measured"), words.time(subjects.measuredS[slot])]);
    rows.push([words.say("speed"), words.say("mps", { n: subjects.speed[slot].toFixed(1) })]);
    rows.push([words.say("accuracy"), `± ${words.distance(subjects.accuracy[slot])}`]);
    if (subjects.fresh[slot] >= 2) rows.push([words.say("state"), words.say(subjects.fresh[slot] === 2 ? "stale" : "lost")], [words.say("reach"), words.distance(subjects.reach[slot])]);
    this.showTip(rows, cases.personOf.get(id) ?? id, ["", "look", "act", "technical", "act"][level], x, y);
  }
}

export function measured(points) {
  let total = 0;
  for (let i = 1; i < points.length; i++) total += distanceM(points[i - 1][0], points[i - 1][1], points[i][0], points[i][1]);
  return total;
}
