// How the base map is drawn: which layer in which colour and width at which zoom. Colours come from the theme's tokens only.

export const ROADS = {
  motorway: { rank: 6, from: 5, tone: "road_major", width: [[5, 0.7], [8, 1.4], [11, 2.4], [14, 6], [17, 17], [19, 34]] },
  trunk: { rank: 5, from: 7, tone: "road_major", width: [[7, 0.6], [11, 2.2], [14, 5.5], [17, 16], [19, 32]] },
  primary: { rank: 4, from: 8, tone: "road_major", width: [[8, 0.5], [11, 1.7], [14, 4.6], [17, 15], [19, 30]] },
  secondary: { rank: 3, from: 11, tone: "road", width: [[11, 1], [14, 3.8], [17, 13], [19, 27]] },
  tertiary: { rank: 2, from: 12, tone: "road", width: [[12, 1], [14, 3], [17, 11], [19, 24]] },
  residential: { rank: 1, from: 13, tone: "road_minor", width: [[13, 0.6], [14, 1.4], [16, 4], [17, 7.5], [19, 18]] },
  service: { rank: 0, from: 14.5, tone: "road_minor", width: [[14.5, 0.6], [16, 2.2], [17, 4], [19, 10]] },
  footway: { rank: -1, from: 15.5, tone: "road_minor", width: [[15.5, 0.7], [17, 1.4], [19, 3]], dash: [3, 2.5] },
};
const LIKE = {
  unclassified: "residential", living_street: "residential", pedestrian: "residential", busway: "residential", road: "residential", minor: "residential", street: "residential",
  path: "footway", steps: "footway", cycleway: "footway", track: "footway", bridleway: "footway", corridor: "footway",
};
export function roadStyle(kind) {
  const plain = kind.replace(/_link$/, "");
  return ROADS[plain] ?? ROADS[LIKE[plain] ?? "service"];
}
export const isLink = (kind) => kind.endsWith("_link");

export function at(stops, zoom) {
  if (zoom <= stops[0][0]) return stops[0][1];
  for (let i = 1; i < stops.length; i++) {
    const [z1, v1] = stops[i], [z0, v0] = stops[i - 1];
    if (zoom <= z1) return v0 * Math.pow(v1 / v0, (zoom - z0) / (z1 - z0));
  }
  return stops[stops.length - 1][1];
}

// A colour between two colours (#rrggbb), share 0…1 of the second.
export function mix(one, other, share) {
  const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  const channel = (i) => Math.round(part(one, i) + (part(other, i) - part(one, i)) * share).toString(16).padStart(2, "0");
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}
export function alpha(hex, share) {
  return hex + Math.round(share * 255).toString(16).padStart(2, "0");
}

export function palette(tokens, night) {
  const map = tokens.map;
  return {
    ...map, night,
    landFar: mix(map.land, map.water, night ? 0.45 : 0.28),
    coast: mix(map.water, map.label, night ? 0.35 : 0.45),
    casing: night ? mix(map.land, "#000000", 0.35) : mix(map.road_minor, map.label, 0.32),
    casingMajor: night ? mix(map.land, "#000000", 0.35) : mix(map.road_major, map.label, 0.4),
    buildingEdge: night ? mix(map.building, map.label, 0.14) : mix(map.building, map.label, 0.2),
    borderStrong: mix(map.land, map.label, night ? 0.55 : 0.75),
    border: mix(map.land, map.label, night ? 0.34 : 0.42),
    borderFaint: mix(map.land, map.label, night ? 0.2 : 0.24),
    halo: night ? "#0e1115" : "#ffffff",
    labelStrong: mix(map.label, night ? "#ffffff" : "#000000", night ? 0.35 : 0.35),
    water_label: mix(map.water, night ? "#9fc4e8" : "#1d4f7d", 0.7),
    green_label: mix(map.label, night ? "#6fa883" : "#2f6b3c", 0.55),
  };
}

// Text of labels: from which zoom, size, weight, priority (lower first), colour.
export const LABELS = {
  country: { from: 2, to: 6.4, size: 13, bold: true, order: 0, tone: "labelStrong", spaced: true },
  province: { from: 5.6, to: 10, size: 13, bold: true, order: 1, tone: "label", spaced: true },
  city: { from: 5.2, to: 11.5, size: 14, bold: true, order: 0, tone: "labelStrong" },
  district: { from: 8, to: 13.4, size: 12.5, bold: true, order: 3, tone: "labelStrong" },
  dong: { from: 12.2, to: 17.5, size: 12, bold: false, order: 6, tone: "label", pad: 16 },
  town: { from: 9, to: 15, size: 13, bold: true, order: 3, tone: "labelStrong" },
  suburb: { from: 12, to: 16.5, size: 12.5, bold: true, order: 5, tone: "label" },
  village: { from: 13, to: 17, size: 12, bold: false, order: 6, tone: "label" },
  station: { from: 13, to: 22, size: 11.5, bold: false, order: 4, tone: "labelStrong", icon: "station" },
  road: { from: 13, to: 22, size: 11.5, bold: false, order: 6, tone: "label" },
  police: { from: 13.2, to: 22, size: 11.5, bold: true, order: 4, tone: "police", icon: "police" },
  hospital: { from: 14, to: 22, size: 11.5, bold: true, order: 8, tone: "label", icon: "dot" },
  university: { from: 13.4, to: 22, size: 12, bold: true, order: 5, tone: "label", icon: "dot" },
  school: { from: 16, to: 22, size: 11.5, bold: false, order: 9, tone: "label", icon: "dot" },
  green: { from: 14, to: 22, size: 11.5, bold: false, order: 9, tone: "green_label" },
  water: { from: 11, to: 22, size: 11.5, bold: false, order: 8, tone: "water_label" },
  building: { from: 16.3, to: 22, size: 11, bold: false, order: 11, tone: "label" },
  subway_entrance: { from: 16.4, to: 22, size: 11, bold: true, order: 9, tone: "labelStrong", icon: "entrance" },
  bus_stop: { from: 16.8, to: 22, size: 10.5, bold: false, order: 13, tone: "label", icon: "dot" },
  poi: { from: 17, to: 22, size: 10.5, bold: false, order: 14, tone: "label", icon: "dot" },
};
export const labelStyle = (kind) => LABELS[kind] ?? LABELS.poi;
