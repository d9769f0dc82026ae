// Sealing between this app and the bridge, as docs/app-link.md describes it. The private key cannot be taken out of the browser.

const words = new TextEncoder();

/** The bytes of a hexadecimal text. */
export function unhex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The hexadecimal text of bytes. */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of base64, also in its form for addresses. */
export function unbase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function number(count) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(count));
  return bytes;
}

async function key(own, salt, info, use) {
  const bridge = await crypto.subtle.importKey("raw", own.bridge, { name: "X25519" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "X25519", public: bridge }, own.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const terms = { name: "HKDF", hash: "SHA-256", salt, info: words.encode(info) };
  return crypto.subtle.deriveKey(terms, material, { name: "AES-GCM", length: 256 }, false, [use]);
}

/** A new key pair whose private half stays in the browser. */
export async function freshKeys() {
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, false, ["deriveBits"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}

/** The box that pairs this app: only who has the QR code's secret can make it. */
export async function pairingBox(own, code) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const cipher = await key(own, code, "bongsu pair 1", "encrypt");
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: own.feed }, cipher, words.encode("{}"));
  return joined(own.publicKey, nonce, new Uint8Array(sealed));
}

/** What a box says; throws for a box that was not sealed for this app. */
export async function opened(own, box) {
  const cipher = await key(own, own.feed, "bongsu down 1", "decrypt");
  const bound = joined(words.encode("down"), own.feed, box.slice(0, 8));
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.slice(8, 20), additionalData: bound }, cipher, box.slice(20));
  return JSON.parse(new TextDecoder().decode(plain));
}

/** A box for the bridge; `count` must be higher than that of every box before. */
export async function sealedUp(own, count, said) {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const cipher = await key(own, own.feed, "bongsu up 1", "encrypt");
  const bound = joined(words.encode("up"), own.feed, number(count));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, cipher, words.encode(JSON.stringify(said)));
  return joined(number(count), nonce, new Uint8Array(sealed));
}
