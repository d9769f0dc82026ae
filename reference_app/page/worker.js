// Keeps the app's own files, so that it opens without a network and says so; feeds are never kept.

const FILES = ["/", "style.css", "app.js", "names.js", "seal.js", "texts.js", "leaflet.js", "leaflet.css", "korea.json", "icon.svg", "app.webmanifest"];
const NAME = "bongsu-1";

self.addEventListener("install", (event) => event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES))));
self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET" || path.startsWith("/feed/")) return;
  event.respondWith(fetch(event.request).catch(() => caches.match(event.request)));
});
