// Figures as people read them; every word comes from the desk's translations.

export class Words {
  constructor() { this.texts = {}; this.language = "ko"; }
  say(key, values = {}) { return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? ""); }
  // A length, with how far off it may be where that is known: one unit for both.
  distance(m, error) {
    const known = error > 0;
    if (m < 1000) return this.say("metres", { n: (m < 10 ? m.toFixed(1) : Math.round(m)) + (known ? ` ± ${Math.round(error)}` : "") });
    const digits = m < 10000 ? 2 : 1;
    return this.say("kilometres", { n: (m / 1000).toFixed(digits) + (known ? ` ± ${(error / 1000).toFixed(digits)}` : "") });
  }
  // The limit of an order, written as lists and charts write it.
  limit(m) { return m < 995 ? this.distance(m) : this.say("kilometres", { n: (m / 1000).toFixed(m < 9950 ? 1 : 0) }); }
  span(seconds) {
    const s = Math.max(0, Math.round(seconds));
    if (s < 60) return this.say("seconds", { n: s });
    if (s < 3600) return s % 60 ? this.say("minutes_seconds", { m: Math.floor(s / 60), s: s % 60 }) : this.say("minutes", { m: s / 60 });
    if (s < 86400) return this.say("hours_minutes", { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) });
    return this.say("days", { n: Math.floor(s / 86400) });
  }
  clock(seconds, zone) {
    return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone }).format(new Date(seconds * 1000));
  }
  time(seconds) { return `${this.clock(seconds, "Asia/Seoul")} KST · ${this.clock(seconds, "UTC")} UTC`; }
}
