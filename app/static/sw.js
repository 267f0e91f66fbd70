/* Opens pages that were kept on this device. Everything is asked of the service first. */
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(async () => {
    const kept = await caches.match(event.request, { ignoreVary: true });
    if (!kept || event.request.mode !== "navigate") return kept || Response.error();
    /* The page says of when it is. */
    return new Response((await kept.text()).replace("data-copy hidden", "data-copy"), { headers: kept.headers });
  }));
});
