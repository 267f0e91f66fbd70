/* Opens pages that were kept on this device. Everything is asked of the service first; a page is shown from here where
   nothing comes, or where what stands before the service says that it does not answer. */
"use strict";
const PATIENCE = 10000;
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  event.respondWith((async () => {
    const asked = fetch(request), page = request.mode === "navigate", waits = [asked];
    if (page) waits.push(new Promise((done) => setTimeout(done, PATIENCE)));
    const answer = await Promise.race(waits).catch(() => {});
    if (answer && !(page && answer.status > 501 && answer.status < 505)) return answer;
    const kept = await caches.match(request, { ignoreVary: true });
    if (!kept) return asked;
    /* The page says of when it is. */
    return page ? new Response((await kept.text()).replace("data-copy hidden", "data-copy"), { headers: kept.headers }) : kept;
  })());
});
