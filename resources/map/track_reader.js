// Pulls the chosen case's recorded tracks and unpacks them off the main thread: a page that draws ten thousand people is slow to read what comes.
import { worldX, worldY } from "./view.js";

// Number and length of the head (u32), the head as JSON, then for each track: ms (u32), degrees from its first place (two f32), speed in fifths of a m/s (255: unknown), rejected.
function unpacked(buffer) {
  const head = new DataView(buffer), number = head.getUint32(0, true), length = head.getUint32(4, true);
  let at = 8 + length;
  const column = (Type, n) => { const found = new Type(buffer.slice(at, at + n * Type.BYTES_PER_ELEMENT)); at += n * Type.BYTES_PER_ELEMENT; return found; };
  const tracks = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length))).map(({ device, part, n, first, lat, lon }) => {
    const ms = column(Uint32Array, n), north = column(Float32Array, n), east = column(Float32Array, n), fifths = column(Uint8Array, n), rejected = column(Uint8Array, n);
    const track = { device, part, n, x: new Float64Array(n), y: new Float64Array(n), t: new Float64Array(n), speed: new Float32Array(n), rejected };
    for (let i = 0; i < n; i++) {
      track.x[i] = worldX(lon + east[i]); track.y[i] = worldY(lat + north[i]);
      track.t[i] = first + ms[i] / 1000; track.speed[i] = fifths[i] === 255 ? NaN : fifths[i] / 5;
    }
    return track;
  });
  return { number, tracks };
}

for (let after = 0; ;) {
  try {
    const buffer = await (await fetch(`tracks?after=${after}`)).arrayBuffer();
    if (buffer.byteLength < 8) continue;
    const { number, tracks } = unpacked(buffer);
    after = number;
    postMessage(tracks, tracks.flatMap((t) => [t.x.buffer, t.y.buffer, t.t.buffer, t.speed.buffer, t.rejected.buffer]));
  } catch { await new Promise((done) => setTimeout(done, 500)); }
}
