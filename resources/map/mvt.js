// Reads Mapbox Vector Tiles: a minimal protobuf reader and the geometry commands of MVT 2.1. Foreign input: sizes are checked by the engine's own bounds.

class Reader {
  constructor(bytes) { this.bytes = bytes; this.at = 0; this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength); }
  varint() {
    let value = 0, shift = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("tile cut short");
      value += (byte & 127) * shift;
      if (byte < 128) return value;
      shift *= 128;
    }
    throw new RangeError("varint too long");
  }
  part() {
    const length = this.varint(), start = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError("tile cut short");
    return this.bytes.subarray(start, this.at);
  }
  skip(type) {
    if (type === 0) this.varint();
    else if (type === 1) this.at += 8;
    else if (type === 2) this.part();
    else if (type === 5) this.at += 4;
    else throw new RangeError("unknown wire type");
  }
  fields(take) {
    while (this.at < this.bytes.length) {
      const key = this.varint();
      if (!take(Math.floor(key / 8), key & 7)) this.skip(key & 7);
    }
  }
}

const texts = new TextDecoder();

function readValue(bytes) {
  const reader = new Reader(bytes);
  let value = null;
  reader.fields((field, type) => {
    if (field === 1) value = texts.decode(reader.part());
    else if (field === 2) { value = reader.view.getFloat32(reader.at, true); reader.at += 4; }
    else if (field === 3) { value = reader.view.getFloat64(reader.at, true); reader.at += 8; }
    else if (field === 4 || field === 5) value = reader.varint();
    else if (field === 6) { const raw = reader.varint(); value = raw % 2 ? -(raw + 1) / 2 : raw / 2; }
    else if (field === 7) value = reader.varint() !== 0;
    else return false;
    return type >= 0;
  });
  return value;
}

// Parts of a feature as Float32Arrays x, y, x, y … in tile units 0…1 (slightly outside where the tile has a buffer).
function readGeometry(bytes, extent) {
  const reader = new Reader(bytes), parts = [];
  let x = 0, y = 0, line = null;
  const flush = () => { if (line && line.length) parts.push(Float32Array.from(line)); line = null; };
  while (reader.at < bytes.length) {
    const head = reader.varint(), command = head & 7, count = head >>> 3;
    if (count > bytes.length || (command === 7 && count !== 1) || (command !== 1 && !line)) throw new RangeError("geometry out of order");
    for (let i = 0; i < count; i++) {
      if (command === 7) { if (line && line.length) line.push(line[0], line[1]); continue; }
      const dx = reader.varint(), dy = reader.varint();
      x += dx % 2 ? -(dx + 1) / 2 : dx / 2;
      y += dy % 2 ? -(dy + 1) / 2 : dy / 2;
      if (command === 1) { flush(); line = []; }
      line.push(x / extent, y / extent);
    }
  }
  flush();
  return parts;
}

function readFeature(bytes, keys, values, extent) {
  const reader = new Reader(bytes), said = {};
  let type = 0, geometry = null;
  reader.fields((field) => {
    if (field === 2) {
      const tags = new Reader(reader.part());
      while (tags.at < tags.bytes.length) { const key = tags.varint(); said[keys[key]] = values[tags.varint()]; }
    } else if (field === 3) type = reader.varint();
    else if (field === 4) geometry = reader.part();
    else return false;
    return true;
  });
  return { type, said, parts: geometry ? readGeometry(geometry, extent) : [] };
}

function readLayer(bytes) {
  const keys = [], values = [], raw = [], reader = new Reader(bytes);
  let name = "", extent = 4096;
  reader.fields((field) => {
    if (field === 1) name = texts.decode(reader.part());
    else if (field === 2) raw.push(reader.part());
    else if (field === 3) keys.push(texts.decode(reader.part()));
    else if (field === 4) values.push(readValue(reader.part()));
    else if (field === 5) extent = reader.varint();
    else return false;
    return true;
  });
  return { name, features: raw.map((part) => readFeature(part, keys, values, extent)) };
}

// Layers of a tile by name, each a list of {type: 1 point, 2 line, 3 area, said: properties, parts}.
export function readTile(bytes) {
  const layers = new Map(), reader = new Reader(bytes);
  reader.fields((field) => {
    if (field !== 3) return false;
    const layer = readLayer(reader.part());
    layers.set(layer.name, layer.features);
    return true;
  });
  return layers;
}
