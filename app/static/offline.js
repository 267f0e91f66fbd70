/* Keeps the check page, so that it opens without network. Everything is asked of the service first. */
"use strict";
const KEPT = [];
const STORE = "verifier";

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const store = await caches.open(STORE);
  await store.addAll(KEPT.map((path) => new Request(path, { credentials: "omit", cache: "reload" })));
  await Promise.all((await store.keys()).filter(({ url }) => !KEPT.includes(new URL(url).pathname)).map((old) => store.delete(old)));
  await self.skipWaiting();
})()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !KEPT.includes(pathname)) return;
  event.respondWith(fetch(event.request).catch(async () => (await caches.match(pathname)) || Response.error()));
});
