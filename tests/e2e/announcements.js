// Fails a story in which a live region (status, alert, aria-live) is told again what it says already: a screen reader
// would read it a second time. An alert that is put in anew may: the same fault was made again.
(() => {
  const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  const words = (one) => (one.checkVisibility() ? one.innerText.replace(/\s+/g, " ").trim() : "");
  const said = new Map();
  const look = () => document.querySelectorAll(LIVE).forEach((one) => said.set(one, words(one)));
  const live = (nodes) => [...nodes].filter((one) => one.querySelectorAll).flatMap((one) => [one, ...one.querySelectorAll(LIVE)])
    .filter((one) => one.matches(LIVE));
  const notice = (changes) => {
    const touched = new Set();
    const gone = changes.flatMap((change) => live(change.removedNodes)).filter((one) => !one.isConnected);
    changes.forEach((change) => {
      const region = change.target.parentElement && (change.target.closest ? change.target : change.target.parentElement).closest(LIVE);
      if (region && change.addedNodes.length) touched.add(region);
    });
    const again = [...touched].filter((one) => words(one) && said.get(one) === words(one));
    const came = changes.flatMap((change) => live(change.addedNodes)).filter((one) => one.isConnected && !one.matches("[role=alert]"));
    again.push(...came.filter((one) => words(one) && gone.some((other) => said.get(other) === words(one))));
    look();
    if (again.length) setTimeout(() => { throw new Error(`told again: ${words(again[0]).slice(0, 120)}`); });
  };
  addEventListener("DOMContentLoaded", () => {
    look();
    new MutationObserver(notice).observe(document.body, { subtree: true, childList: true, attributeFilter: ["hidden"] });
  });
})();
