// Pulls the chosen case's recorded tracks and unpacks them off the main thread: a page that draws ten thousand people is slow to read what comes.
import { keepTidy, releaseArrays } from "./memory.js";
import { worldX, worldY } from "./view.js";

// Number and length of the head (u32), the head as JSON, then for each track: ms (u32), degrees from its first place (two f32), speed in fifths of a m/s (255: unknown), rejected.
function unpacked(buffer) {
  const head = new DataView(buffer), number = head.getUint32(0, true), length = head.getUint32(4, true);
  let at = 8 + length;
  const skip = (bytes) => { const begin = at; at += bytes; return begin; };
  const tracks = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length))).map(({ device, part, n, first, lat, lon }) => {
    const ms = skip(4 * n), north = skip(4 * n), east = skip(4 * n), fifths = new Uint8Array(buffer, skip(n), n), rejected = new Uint8Array(buffer, skip(n), n).slice();
    const track = { device, part, n, x: new Float64Array(n), y: new Float64Array(n), t: new Float64Array(n), speed: new Float32Array(n), rejected };
    for (let i = 0; i < n; i++) {
      track.x[i] = worldX(lon + head.getFloat32(east + 4 * i, true)); track.y[i] = worldY(lat + head.getFloat32(north + 4 * i, true));
      track.t[i] = first + head.getUint32(ms + 4 * i, true) / 1000; track.speed[i] = fifths[i] === 255 ? NaN : fifths[i] / 5;
    }
    return track;
  });
  return { number, tracks };
}

keepTidy();
for (let after = 0; ;) {
  try {
    const buffer = await (await fetch(`tracks?after=${after}`)).arrayBuffer();
    if (buffer.byteLength < 8) continue;
    const { number, tracks } = unpacked(buffer);
    releaseArrays(buffer);
    after = number;
    postMessage(tracks, tracks.flatMap((t) => [t.x.buffer, t.y.buffer, t.t.buffer, t.speed.buffer, t.rejected.buffer]));
  } catch { await new Promise((done) => setTimeout(done, 500)); }
}
