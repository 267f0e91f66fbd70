/* Enhancements only: every act works without this file. */
(() => {
  "use strict";
  const on = (names, act, ...options) => names.split(" ").forEach((name) => document.addEventListener(name, act, ...options));
  const all = (selector, root = document) => root.querySelectorAll(selector);
  const show = (root, selector, shown = true) => all(selector, root).forEach((one) => { one.hidden = !shown; });

  /* The error summary takes the focus, so that a screen reader begins with it; new browsers do so by themselves. */
  const summary = document.getElementById("erreurs");
  if (summary && !summary.autofocus) summary.focus();

  /* What is typed is kept on the way out too: by a link, the back button, a closed tab. Of a step, it is saved. */
  const typed = new Set();
  const words = "textarea, select, input:not([hidden], [type=hidden], [type=file], [type=password], [type=checkbox], [type=radio])";
  const note = ({ form }) => form && form.method === "post" && form.querySelector(words) && typed.add(form);
  if (document.body.dataset.private) on("input", (event) => note(event.target));
  const leave = () => {
    typed.forEach((form) => {
      if (!form.isConnected) return;
      const sent = new FormData(form);
      all("[type=file]", form).forEach(({ name }) => sent.delete(name));
      sent.append("leave", "1");
      navigator.sendBeacon(form.action, sent);
    });
    typed.clear();
  };
  addEventListener("pagehide", leave);
  on("click", ({ target }) => target.closest("form .actions a") && typed.delete(target.closest("form"))); // « Ne rien changer »

  /* A page that answers a form becomes the page of that form in the history: the way back to it sends nothing again. */
  on("submit click", ({ type, target }) => {
    const { dataset } = document.body, { referrer } = document;
    if (dataset.post && referrer.startsWith(`${location.origin}/`) && (type === "submit" || target.closest("a"))) history.replaceState(history.state, "", referrer);
  }, true);

  /* A second click sends nothing. A form gets its button back after a while, on an answer, and on coming back to it. */
  const release = (form) => { if (form.dataset) delete form.dataset.sent; };
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.id === "stay") return;
    typed.delete(form);
    leave();
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopPropagation();
    }
    form.dataset.sent = "1";
    setTimeout(release, 10000, form);
  }, true);
  on("htmx:afterRequest", (event) => release(event.target));
  addEventListener("pageshow", (event) => {
    all("form[data-sent]").forEach(release);
    /* A private page kept by the back/forward cache is asked for again. */
    if (event.persisted && document.body.dataset.private) location.reload();
  });

  /* Words typed while a file was on its way stay: what was sent is the default of its field. */
  on("htmx:beforeRequest", (event) => {
    all("textarea", event.target).forEach((area) => { area.defaultValue = area.value; });
  });
  let unsent = [];
  on("htmx:beforeSwap", ({ detail }) => { unsent = [...all("textarea", detail.target)].filter((area) => area.value !== area.defaultValue); });
  on("htmx:afterSwap", () => unsent.forEach(({ id, value }) => {
    const area = document.getElementById(id);
    if (!area) return;
    area.value = value;
    note(area);
    area.closest("details").open = true;
  }));

  /* A status that says the same as before is left as it is: put in anew, it would be read out again. */
  const said = (part) => part.textContent.trim().replace(/\s+/g, " ");
  on("htmx:oobBeforeSwap", ({ target, detail }) => { if (target.matches("[role=status]") && said(target) === said(detail.fragment)) detail.shouldSwap = false; });

  /* What a browser says of a field without file would be in its own language. */
  const empty = () => all("[type=file]").forEach((field) => field.classList.toggle("none", !field.files.length));
  empty();
  on("change htmx:afterSettle", empty);

  const focusOn = (heading) => {
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  /* Where a swap took away what had the focus, the heading of what came instead gets it. */
  on("htmx:afterSettle", (event) => {
    if (document.activeElement === document.body) focusOn(event.target.querySelector("h3"));
  });

  /* In the queue, keys go from line to line, and only while the focus is in it (WCAG 2.1.4). */
  on("keydown", (event) => {
    const table = event.target.closest(".queue");
    if (!table || event.ctrlKey || event.altKey || event.metaKey) return;
    const lines = [...all(".who a", table)];
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    const line = event.target.closest("tr").querySelector(".who a");
    const keys = document.getElementById("touches");
    const next = step ? lines[lines.indexOf(line) + step] || line || lines[0] : { "/": document.getElementById("q"), "?": keys.firstElementChild }[event.key];
    if (!next) return;
    event.preventDefault();
    if (event.key === "?") keys.open = true;
    next.focus();
  });

  /* In a part with keys of its own, a key presses the button or follows the link that names it. */
  on("keydown", (event) => {
    const part = event.target.closest("[data-keys]");
    if (!part || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    const named = part.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (named) named.click();
  });

  /* The menu of languages closes by Escape and by a click elsewhere. */
  const menu = document.querySelector("details.lang");
  on("click keydown", (event) => {
    if (!menu.open || (event.key ? event.key !== "Escape" : menu.contains(event.target))) return;
    menu.open = false;
    if (event.key) menu.firstElementChild.focus();
  });

  /* Before the session ends, say so and offer to stay, without leaving the page. */
  const session = document.getElementById("session");
  if (!session) return;
  let timer, before;
  const wait = () => {
    clearTimeout(timer);
    const left = session.contains(document.activeElement); // its button is about to go
    session.hidden = true;
    if (left && before !== document.body && before.isConnected) before.focus();
    else if (left) focusOn(document.querySelector("h1"));
    timer = setTimeout(() => {
      before = document.activeElement;
      session.hidden = false;
      /* On a device that others use, the page goes too. */
      if (session.dataset.shared) timer = setTimeout(() => { location.href = location.pathname + location.search; }, 300000);
    }, session.dataset.warn * 1000);
  };
  wait();
  on("htmx:afterRequest", (event) => event.detail.successful && wait());
  session.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    fetch(form.action, { method: "POST", body: new FormData(form) })
      .then((answer) => (answer.ok && answer.url.endsWith(new URL(form.action).pathname) ? wait() : form.submit()))
      .catch(() => form.submit());
  });
})();
