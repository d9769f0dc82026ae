// The app: pairs once, then shows what the newest box says and how old it is; asks for nothing and can ask for nothing.

import { freshKeys, hex, opened, pairingBox, sealedUp, unbase64, unhex } from "./seal.js";
import { placeNames } from "./names.js";
import { TEXTS } from "./texts.js";

const LOST_AFTER_MS = 5000;
const HOLD_MS = 1000;
const state = { own: null, told: null, heardAt: 0, ended: false, language: "ko", sos: null };
const byId = (id) => document.getElementById(id);
const text = (name, values = {}) => Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, value), TEXTS[state.language][name]);

function store(mode, work) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("bongsu", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("own");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const request = work(asked.result.transaction("own", mode).objectStore("own"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    };
  });
}

const kept = () => store("readonly", (own) => own.get("own"));
const keep = (own) => store("readwrite", (box) => box.put(own, "own"));

async function pairFrom(fragment) {
  const [version, feed, bridge, code] = fragment.slice(1).split(".");
  if (version !== "1" || !/^[0-9a-f]{32}$/.test(feed ?? "") || !bridge || !code) return null;
  const own = { ...(await freshKeys()), feed: unhex(feed), bridge: unbase64(bridge), count: 0 };
  await keep(own);
  history.replaceState(null, "", location.pathname); // the code is used up, and stays in no history
  await post("pair", own, await pairingBox(own, unbase64(code)));
  return own;
}

function post(kind, own, body) {
  return fetch(`/${kind}/${hex(own.feed)}`, { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
}

async function listen() {
  let after = "";
  for (;;) {
    try {
      const answer = await fetch(`/feed/${hex(state.own.feed)}?after=${after}`, { cache: "no-store" });
      const { box } = await answer.json();
      if (box !== null) {
        const bytes = unbase64(box);
        const count = hex(bytes.slice(0, 8));
        if (count <= after) continue; // a box from before, kept by somebody
        const told = await opened(state.own, bytes);
        after = count;
        state.told = told;
        state.heardAt = performance.now();
        settleSos();
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000)); // the age on the screen goes on and says so
    }
    draw();
  }
}

function settleSos() {
  if (state.sos && state.told.heard >= state.sos.count) state.sos.said = "heard";
}

async function callForHelp() {
  state.own.count += 1;
  await keep(state.own);
  state.sos = { count: state.own.count, said: "sending" };
  draw();
  try {
    const box = await sealedUp(state.own, state.own.count, { kind: "sos", at: new Date().toISOString() });
    const answer = await post("up", state.own, box);
    if (!answer.ok) throw new Error("refused");
    if (state.sos.said === "sending") state.sos.said = "sent";
  } catch {
    state.sos.said = "failed";
  }
  draw();
}

const metres = (m) => (m >= 1000 ? `${(m / 1000).toLocaleString(state.language)} km` : `${m} m`);

function ago(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 120) return text("second", { n: s });
  return s < 7200 ? text("minute", { n: Math.round(s / 60) }) : text("hour", { n: Math.round(s / 3600) });
}

function sentence(entry) {
  const parts = [entry.distance_m == null ? text("within", { m: metres(entry.within_m) }) : text("distance", { m: metres(entry.distance_m) })];
  if (entry.direction) parts.push(text(entry.direction));
  if (entry.trend) parts.push(text(entry.trend));
  return parts.join(" · ");
}

function picture() {
  if (!state.own) return ["unpaired", text("unpaired"), text("unpairedDetail"), ""];
  if (!state.told) return ["waiting", text("waiting"), "", ""];
  const silent = performance.now() - state.heardAt;
  const checked = text("checked", { s: ago(silent) });
  if (silent > LOST_AFTER_MS) return ["lost", text("lost"), text("lostDetail"), checked];
  const entry = state.told.near[0];
  if (!entry) return ["clear", text("clear"), text("clearDetail"), checked];
  const age = entry.measured_at ? Date.parse(state.told.at) - Date.parse(entry.measured_at) + silent : silent;
  const live = entry.live !== false;
  return [live ? "near" : "old", text(live ? "near" : "old"), sentence(entry), text("measured", { s: ago(age) })];
}

function draw() {
  const [kind, headline, detail, age] = picture();
  byId("status").dataset.kind = kind;
  for (const [id, said] of [["headline", headline], ["detail", detail], ["age", age]]) {
    if (byId(id).textContent !== said) byId(id).textContent = said;
  }
  byId("sos").disabled = !state.own;
  byId("sos-state").textContent = state.sos ? text(state.sos.said) : "";
  drawMap(kind);
}

let map = null;
let marks = null;
let names = null;
let areas = null;
let shownAt = "";

async function makeMap() {
  map = L.map("map", { attributionControl: false, minZoom: 6, maxZoom: 17 }).setView([36.4, 127.8], 7);
  areas = await (await fetch("korea.json")).json();
  L.geoJSON(areas, { interactive: false, style: { className: "area", weight: 1 } }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  marks = L.layerGroup().addTo(map);
  names = L.layerGroup().addTo(map);
  map.on("moveend zoomend resize", drawNames);
  drawNames();
  draw();
}

function drawMap(kind) {
  if (!marks) return;
  const entries = kind === "near" || kind === "old" ? state.told.near.filter((entry) => entry.lat != null) : [];
  const drawn = JSON.stringify([kind, entries]);
  if (drawn === shownAt) return;
  shownAt = drawn;
  marks.clearLayers();
  for (const entry of entries) {
    L.circle([entry.lat, entry.lon], { radius: entry.radius_m, className: `wearer ${entry.live === false ? "old" : ""}` }).addTo(marks);
  }
  drawNames();
  if (entries.length) map.setView([entries[0].lat, entries[0].lon], 13);
}

function drawNames() {
  if (!names) return;
  names.clearLayers();
  const circles = marks.getLayers().map((circle) => {
    const at = map.latLngToContainerPoint(circle.getLatLng()), reach = circle.getLatLng().toBounds(2 * circle.getRadius());
    const r = (map.latLngToContainerPoint(reach.getNorthEast()).x - map.latLngToContainerPoint(reach.getSouthWest()).x) / 2;
    return [at.x - r, at.y - r, at.x + r, at.y + r];
  });
  for (const { text: said, at } of placeNames(map, areas.features, state.language, circles)) {
    const words = document.createElement("span");
    words.textContent = said;
    L.marker(map.containerPointToLatLng(at), { interactive: false, keyboard: false, icon: L.divIcon({ className: "name", html: words, iconSize: [0, 0] }) }).addTo(names);
  }
}

function speak(language) {
  state.language = language;
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", text(element.dataset.label));
  byId("language").textContent = text("other");
  drawNames();
  draw();
}

function listenToButtons() {
  byId("language").addEventListener("click", () => speak(state.language === "ko" ? "en" : "ko"));
  let held = 0;
  const begin = () => { held = setTimeout(callForHelp, HOLD_MS); byId("sos").classList.add("held"); };
  const end = () => { clearTimeout(held); byId("sos").classList.remove("held"); };
  byId("sos").addEventListener("pointerdown", begin);
  for (const name of ["pointerup", "pointerleave", "pointercancel"]) byId("sos").addEventListener(name, end);
  byId("sos").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.repeat) callForHelp(); });
}

async function begin() {
  listenToButtons();
  speak(localStorage.getItem("language") ?? (navigator.language.startsWith("ko") ? "ko" : "en"));
  makeMap();
  setInterval(draw, 1000);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("worker.js").catch(() => {});
  state.own = (await pairFrom(location.hash)) ?? (await kept()) ?? null;
  draw();
  if (state.own) listen();
}

begin();
