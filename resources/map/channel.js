// The page's side of the channel: it pulls frames, messages and tracks when it is ready for them, and tells what a person did.

import { releaseArrays } from "./memory.js";

export class Channel {
  constructor(took, early, frame) { this.took = took; this.early = early; this.frame = frame; this.revision = 0; this.number = 0; }
  start() { this.pullMessages(); this.pullFrames(); }
  // Changes since the revision we have, oldest first; the answer waits until there are some.
  async pullMessages() {
    for (;;) {
      try {
        const answer = await (await fetch(`messages?after=${this.revision}`)).json();
        for (const { key, value } of answer.changes) await this.takeOne(key, value);
        this.revision = answer.revision;
      } catch (error) { this.tell("problem", { what: "messages", text: String(error) }); await pause(500); }
    }
  }
  // What cannot be taken costs itself, not what comes after it.
  async takeOne(key, value) {
    try { await this.took(key, value); } catch (error) { console.error(`${key.split(":")[0]}: ${error}`); this.tell("problem", { what: key.split(":")[0], text: String(error) }); }
  }
  async pullFrames() {
    for (;;) {
      try {
        const buffer = await (await fetch(`frame?after=${this.number}`)).arrayBuffer();
        if (buffer.byteLength < 24) continue;
        while (this.early(buffer)) await pause(20);
        this.frame(buffer);
        this.number = new DataView(buffer).getUint32(4, true);
        releaseArrays(buffer);
      } catch (error) { this.tell("problem", { what: "frame", text: String(error) }); await pause(500); }
    }
  }
  tell(event, detail = {}) {
    fetch("event", { headers: { "X-Told": encodeURIComponent(JSON.stringify({ event, ...detail })) } }).catch(() => {});
  }
}

export function pause(ms) { return new Promise((done) => setTimeout(done, ms)); }
