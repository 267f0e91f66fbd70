/* « Garder sur ce téléphone »: puts this page, with its files, where sw.js finds it without network. */
(() => {
  "use strict";
  const part = document.querySelector("[data-offline]");
  if (!part || !navigator.serviceWorker || !window.caches) return;
  const { offline, store } = part.dataset, page = location.pathname + location.search;
  const show = (kept) => {
    part.hidden = false;
    part.querySelectorAll("[data-kept]").forEach((words) => { words.hidden = !words.dataset.kept.includes(kept); });
  };
  /* A network before whose door one stands (a hotel, a train) answers anything with a page of its own: only ours is kept, and whole. */
  const take = async () => {
    const answer = await fetch(page, { cache: "reload" }), text = await answer.text();
    if (!answer.ok || answer.redirected || !text.includes(`data-store="${store}"`) || !/<\/html>\s*$/.test(text)) throw new Error("another page");
    const files = [document.querySelector("link[rel=stylesheet]").href, document.querySelector("use").href.baseVal.split("#")[0]];
    const kept = await caches.open(store);
    await Promise.all(files.map(async (address) => {
      const file = await fetch(address);
      if (!file.ok || !/css|svg/.test(file.headers.get("Content-Type"))) throw new Error("another file");
      await kept.put(address, file);
    }));
    await kept.put(page, new Response(text, { headers: answer.headers }));
  };
  const tap = (name, act) => part.querySelector(`[data-do=${name}]`).addEventListener("click", act);
  tap("keep", async () => {
    try {
      await take();
      await navigator.serviceWorker.register(offline, { scope: location.pathname });
      show("yes");
    } catch (refusal) {
      show("failed");
    }
  });
  tap("drop", async () => {
    await (await caches.open(store)).delete(page);
    const worker = await navigator.serviceWorker.getRegistration(location.pathname);
    if (worker) await worker.unregister();
    show("no");
  });
  /* Seen again, a kept page is taken anew. */
  caches.match(page, { ignoreVary: true }).then((kept) => {
    show(kept ? "yes" : "no");
    if (kept && navigator.onLine) take().catch(() => {});
  });
})();
