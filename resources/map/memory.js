// Memory that the engine does not tidy by itself for a long while: it sees but the shells of pictures and arrays, not what they hold.

const TIDY_MS = 15000;

// Give a picture's pixels back at once.
export function release(image) { if (image?.close) image.close(); else if (image) image.width = image.height = 0; }

// Give back what arrays hold that nobody will read any more.
export function releaseArrays(...arrays) { for (const one of arrays) (one.buffer ?? one).transfer(0); }

// Collect what is no longer used, each quarter of a minute in the thread that asks: what lives is little and takes some milliseconds to look at,
// while what the engine would let lie until it thinks it worth while comes to a hundred megabytes.
export function keepTidy() { if (globalThis.gc) setInterval(() => gc({ type: "major", execution: "async" }), TIDY_MS); }
