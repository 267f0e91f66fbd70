/* Enhancements only: every act works without this file. */
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);

  /* The error summary takes the focus, so that a screen reader begins with it. */
  const alert = document.getElementById("erreurs");
  if (alert) alert.focus();

  /* A second click sends nothing. Coming back by the browser's history gives the buttons back. */
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) return event.preventDefault();
    if (!event.target.matches("[hx-post]")) event.target.dataset.sent = "1";
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));
  /* A private page kept by the back/forward cache is asked for again. */
  addEventListener("pageshow", (event) => { if (event.persisted && document.body.dataset.private) location.reload(); });

  /* Choosing a file sends it: the button is for browsers without scripts. */
  const ready = (root) => all("form[data-auto]", root).forEach((form) => {
    const button = form.querySelector("button:not([data-keep])");
    const input = form.querySelector("input[type=file]");
    if (!button || !input || !window.htmx) return;
    button.hidden = true;
    input.addEventListener("change", () => input.files.length && form.requestSubmit());
  });
  ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.target));

  /* Progress of a file on its way. */
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector && event.target.querySelector("progress");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
  });
  const failed = (event) => {
    const words = event.target.querySelector && event.target.querySelector("[data-failed]");
    if (words) words.hidden = false;
    const bar = event.target.querySelector && event.target.querySelector("progress");
    if (bar) bar.hidden = true;
  };
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, failed));

  /* Before the session ends, say so and offer to stay. */
  const session = document.getElementById("session");
  if (session) setTimeout(() => { session.hidden = false; }, session.dataset.warn * 1000);
})();
