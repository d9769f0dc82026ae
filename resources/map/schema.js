// Tiles that somebody else cut have layers and classes of their own: OpenMapTiles, Protomaps and Shortbread are read as if they were ours.

const LAYERS = {
  // OpenMapTiles
  transportation: (s) => (["rail", "transit"].includes(s.class) ? ["rail", { class: "rail" }] : ["road", { class: transport(s.class) }]),
  transportation_name: (s) => ["road_name", { class: transport(s.class) }],
  landcover: (s) => (["grass", "wood", "farmland"].includes(s.class) ? ["green", {}] : null),
  park: () => ["green", {}],
  boundary: (s) => ["border", { class: admin(Number(s.admin_level)) }],
  // Protomaps
  earth: () => ["land", { class: "land" }],
  roads: (s) => (s.kind === "rail" ? ["rail", { class: "rail" }] : ["road", { class: s.kind_detail ?? PROTOMAPS[s.kind] ?? s.kind }]),
  buildings: () => ["building", {}],
  places: (s) => ["place", { class: PLACES[s.kind_detail ?? s.kind] ?? PLACES[s.kind] ?? "suburb" }],
  pois: (s) => ["poi", { class: String(s.kind ?? s.amenity ?? s.shop ?? s.tourism ?? "poi") }],
  boundaries: (s) => ["border", { class: s.admin_level ? admin(Number(s.admin_level)) : { country: "country", region: "province" }[s.kind] ?? "district" }],
  // Shortbread
  streets: (s) => (s.rail || ["rail", "subway", "tram", "light_rail"].includes(s.kind) ? ["rail", { class: "rail" }] : ["road", { class: s.kind }]),
  street_labels: (s) => ["road_name", { class: s.kind }],
  water_polygons: () => ["water", {}],
  ocean: () => ["water", {}],
  water_lines: () => ["waterway", {}],
  place_labels: (s) => ["place", { class: PLACES[s.kind] ?? "suburb" }],
};
const PROTOMAPS = { highway: "motorway", major_road: "primary", minor_road: "residential", path: "footway", other: "service" };
const PLACES = { country: "country", state: "province", region: "province", city: "city", town: "town", village: "village", suburb: "suburb", quarter: "suburb", neighbourhood: "dong", neighborhood: "dong", locality: "town", macrohood: "suburb", hamlet: "village" };
const GREEN = new Set(["park", "forest", "wood", "grass", "grassland", "meadow", "garden", "cemetery", "golf_course", "pitch", "nature_reserve", "recreation_ground", "village_green", "farmland", "scrub", "heath"]);

function transport(kind) { return { minor: "residential", path: "footway", raceway: "service", busway: "service" }[kind] ?? String(kind); }
function admin(level) { return level <= 2 ? "country" : level <= 4 ? "province" : "district"; }

// Which schema a tile speaks cannot be read off it: only layers that ours does not have are renamed, classes of `landuse` and `land` decide for themselves.
export function adapted(layers) {
  if (![...layers.keys()].some((name) => name in LAYERS || name === "landuse" || name === "water_polygons")) return layers;
  const found = new Map();
  const put = (name, feature) => { if (found.has(name)) found.get(name).push(feature); else found.set(name, [feature]); };
  for (const [name, features] of layers) for (const feature of features) {
    const kind = String(feature.said.class ?? feature.said.kind ?? "");
    if (name === "landuse" || (name === "land" && feature.said.kind !== undefined)) { if (GREEN.has(kind)) put("green", feature); continue; }
    const rule = LAYERS[name];
    if (!rule) { put(name, name === "place" ? { ...feature, said: { ...feature.said, class: PLACES[kind] ?? "suburb" } } : feature); continue; }
    const renamed = rule(feature.said);
    if (renamed) put(renamed[0], { ...feature, said: { ...feature.said, ...renamed[1] } });
  }
  return found;
}
