// Names of municipalities: each in the middle of what of it is on the screen, none over the edge, on another or on the circle.

const SIZE = 14;
const HIGH = 20;
const LEAST = 1500; // of less than so many pixels nothing is named
const MOST = 12;
const probe = document.createElement("canvas").getContext("2d");

function clipped(ring, [left, top, right, bottom]) {
  const sides = [[0, left, 1], [0, right, -1], [1, top, 1], [1, bottom, -1]];
  for (const [axis, limit, sign] of sides) {
    const kept = [];
    ring.forEach((to, i) => {
      const from = ring[(i + ring.length - 1) % ring.length], a = (from[axis] - limit) * sign, b = (to[axis] - limit) * sign;
      if (a < 0 !== b < 0) kept.push([0, 1].map((k) => from[k] + ((to[k] - from[k]) * a) / (a - b)));
      if (b >= 0) kept.push(to);
    });
    ring = kept;
  }
  return ring;
}

function middleOf(ring) {
  let twice = 0, x = 0, y = 0;
  ring.forEach(([x1, y1], i) => {
    const [x0, y0] = ring[(i + ring.length - 1) % ring.length], cross = x0 * y1 - x1 * y0;
    twice += cross; x += (x0 + x1) * cross; y += (y0 + y1) * cross;
  });
  return { area: Math.abs(twice) / 2, at: [x / (3 * twice), y / (3 * twice)] };
}

function holds(ring, [x, y]) {
  let inside = false;
  ring.forEach(([x1, y1], i) => {
    const [x0, y0] = ring[(i + ring.length - 1) % ring.length];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  });
  return inside;
}

const hit = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function parts(map, features, box) {
  const found = [];
  for (const { properties, geometry } of features) {
    const outer = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((part) => part[0]);
    const rings = outer.map((ring) => clipped(ring.map(([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }), box));
    const best = rings.filter((ring) => ring.length > 2).map((ring) => ({ ring, properties, ...middleOf(ring) })).sort((a, b) => b.area - a.area)[0];
    if (best && best.area >= LEAST) found.push(best);
  }
  return found.sort((a, b) => b.area - a.area);
}

// `circles` are rectangles in pixels that stay free. Returns what stands where: { text, at: [x, y] }.
export function placeNames(map, features, language, circles) {
  const { x: wide, y: high } = map.getSize(), box = [8, 8, wide - 8, high - 8], taken = [...circles], placed = [];
  probe.font = `${SIZE}px system-ui, "Noto Sans KR", sans-serif`;
  for (const { ring, properties, at } of parts(map, features, box)) {
    const text = properties[language], half = probe.measureText(text).width / 2 + 4;
    const spots = [at, ...circles.flatMap((c) => [[at[0], c[3] + HIGH / 2 + 2], [at[0], c[1] - HIGH / 2 - 2]])];
    for (const [x, y] of spots) {
      const words = [x - half, y - HIGH / 2, x + half, y + HIGH / 2];
      const fits = words[0] >= box[0] && words[1] >= box[1] && words[2] <= box[2] && words[3] <= box[3];
      if (!fits || !holds(ring, [x, y]) || taken.some((other) => hit(words, other))) continue;
      taken.push(words);
      placed.push({ text, at: [x, y] });
      break;
    }
    if (placed.length >= MOST) break;
  }
  return placed;
}
