// Where the map looks: the Leaflet map's centre and zoom as plain numbers, and the way between degrees, world units (0…1) and pixels.

export const TILE = 256;
const STEP = 0.25;
const ROOM = 0.86;
const UNDER_TOOLS = 52;
const UNDER_FOOT = 46;
const NARROW = 620; // here the legend and the credit stand above one another, see map.css

export function worldX(lon) { return lon / 360 + 0.5; }
export function worldY(lat) {
  const s = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
}
export function latOf(y) { return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI; }
export function lonOf(x) { return (x - 0.5) * 360; }
// World units in a metre at a world y: Mercator stretches with latitude.
export function unitsPerMetre(y) { return 1 / (40075016.686 * Math.cos((latOf(y) * Math.PI) / 180)); }
export const quantised = (zoom) => Math.round(zoom / STEP) * STEP;

export function distanceM(lat1, lon1, lat2, lon2) {
  const r = Math.PI / 180, a = Math.sin(((lat2 - lat1) * r) / 2), b = Math.sin(((lon2 - lon1) * r) / 2);
  return 12742017.6 * Math.asin(Math.min(1, Math.sqrt(a * a + Math.cos(lat1 * r) * Math.cos(lat2 * r) * b * b)));
}

export class View {
  constructor(map, changed) {
    this.map = map;
    this.changed = changed;
    this.target = null;
    this.moving = false;
    map.options.zoomSnap = 0;
    map.options.zoomDelta = 1;
    map.options.wheelPxPerZoomLevel = 100;
    map.options.inertia = false;
    map.options.minZoom = 3;
    map.options.maxZoom = 19;
    for (const handler of ["scrollWheelZoom", "doubleClickZoom", "boxZoom"]) map[handler].disable();
    map.setMaxBounds([[-80, -400], [84, 400]]);
    map.getContainer().addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    map.on("move zoom resize", () => { this.read(); changed(); });
    map.on("movestart", () => { this.moving = true; });
    map.on("moveend", () => { this.moving = false; changed(); });
    this.read();
  }
  read() {
    const centre = this.map.getCenter(), size = this.map.getSize();
    this.zoom = this.map.getZoom();
    this.width = size.x; this.height = size.y;
    this.scale = TILE * 2 ** this.zoom;
    this.left = worldX(centre.lng) * this.scale - size.x / 2;
    this.top = worldY(centre.lat) * this.scale - size.y / 2;
    this.centre = centre;
  }
  x(world) { return world * this.scale - this.left; }
  y(world) { return world * this.scale - this.top; }
  worldAt(px, py) { return [(px + this.left) / this.scale, (py + this.top) / this.scale]; }
  latLonAt(px, py) { const [x, y] = this.worldAt(px, py); return [latOf(y), lonOf(x)]; }
  box(margin = 0) {
    return [(this.left - margin) / this.scale, (this.top - margin) / this.scale, (this.left + this.width + margin) / this.scale, (this.top + this.height + margin) / this.scale];
  }
  // Pixels of a length on the ground near the middle of the view.
  pixels(metres, y = (this.top + this.height / 2) / this.scale) { return metres * unitsPerMetre(y) * this.scale; }
  wheel(event) {
    event.preventDefault();
    const step = -Math.sign(event.deltaY) * Math.min(1, Math.abs(event.deltaY) / 120) * 0.75;
    const from = this.target ? this.target.zoom : this.zoom;
    this.zoomTo(quantised(from + step), this.map.mouseEventToContainerPoint(event));
  }
  zoomTo(zoom, point) {
    const limited = Math.max(this.map.options.minZoom, Math.min(this.map.options.maxZoom, zoom));
    this.target = { zoom: limited, point: point ?? this.map.getSize().divideBy(2) };
    this.changed();
  }
  // One step of a wheel or button zoom; true while it goes on.
  animate() {
    if (!this.target) return false;
    const left = this.target.zoom - this.zoom;
    const next = Math.abs(left) < 0.02 ? this.target.zoom : this.zoom + left * 0.38;
    const { point } = this.target;
    if (next === this.target.zoom) this.target = null;
    this.map.setZoomAround(point, next, { animate: false });
    return this.target !== null;
  }
  goTo(lat, lon, zoom) {
    this.target = null;
    this.map.setView([lat, lon], zoom === null || zoom === undefined ? this.zoom : zoom, { animate: false });
  }
  centreOn(x, y) {
    if (this.target || this.moving) return;
    this.map.setView([latOf(y), lonOf(x)], this.zoom, { animate: false });
  }
  // Pixels at the top and the foot that lie under the buttons, the legend and the credit.
  insets() { return { top: UNDER_TOOLS, bottom: this.width > NARROW ? UNDER_FOOT : 2 * UNDER_FOOT }; }
  // What is left between them.
  roomHigh() { const { top, bottom } = this.insets(); return Math.max(0.4 * this.height, this.height - top - bottom); }
  // Show a world rectangle (0…1) with a margin, never closer than zoom 17.
  fit(west, north, east, south) {
    if (!(east >= west && south >= north)) return;
    const { top, bottom } = this.insets();
    const widest = Math.max((east - west) / (this.width * ROOM), (south - north) / (this.roomHigh() * ROOM), 1e-12);
    const zoom = Math.floor(Math.max(3, Math.min(17, Math.log2(1 / (widest * TILE)))) / STEP) * STEP;
    const middle = (north + south) / 2 + (bottom - top) / 2 / (TILE * 2 ** zoom);
    this.goTo(latOf(middle), lonOf((west + east) / 2), zoom);
  }
}
