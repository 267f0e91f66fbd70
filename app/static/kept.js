/* What is typed stays on this device until the service has it: through a dead line, a reload, the way back. Never a secret. */
(() => {
  "use strict";
  const words = document.getElementById("kept");
  if (!words) return;
  const { kept, own, out } = words.dataset, mine = `kept:${kept}:`;
  const forget = (but) => {
    const go = (name) => name.startsWith("kept:") && !name.startsWith(but);
    [sessionStorage, localStorage].forEach((part) => Object.keys(part).filter(go).forEach((key) => part.removeItem(key)));
    if (window.caches) caches.keys().then((names) => names.filter(go).forEach((name) => caches.delete(name))); // of offline.js
  };
  let store;
  try {
    forget(mine); // another account's
    store = own ? localStorage : sessionStorage;
  } catch (error) {
    return;
  }
  const hidden = (form, name) => form.querySelector(`[type=hidden][name=${name}]`) || { value: "" };
  const path = (address) => new URL(address).pathname;
  /* The same in each language; of several forms sent to one address, each by what it chooses. */
  const keyOf = (form) => mine + path(form.action).replace(/^.[^/]+/, "") + hidden(form, "choice").value;
  const read = (key) => JSON.parse(store.getItem(key));
  const write = (form, entry) => store.setItem(keyOf(form), JSON.stringify(entry));
  const drop = (form) => store.removeItem(keyOf(form));
  const posted = (form) => form && form.method === "post" && !form.querySelector("[type=password]");
  const eachKept = (act) => [...document.forms].filter(posted).forEach((form) => {
    const entry = read(keyOf(form));
    if (entry) act(form, entry);
  });

  const fields = (form) => [...form.elements].filter((field) => field.name && !field.matches("button, [type=hidden], [type=file], [autocomplete=one-time-code], [data-secret]"));
  const place = ({ type }) => (/dio|box/.test(type) ? "checked" : "value");
  const idOf = (field) => field.name + (place(field) === "value" ? "" : `=${field.value}`);
  const missing = (form, { typed }) => fields(form).filter((field) => typed[idOf(field)] && field[place(field)] !== typed[idOf(field)][0]);
  const fill = (form, entry) => missing(form, entry).forEach((field) => {
    const [value, text] = entry.typed[idOf(field)];
    field[place(field)] = text && !field.options ? text : value; // the words of a choice, where its list is a text again
    if (text && field.options && field.value !== value) field.add(new Option(text, value, true, true));
  });

  const say = (form, how, entry) => {
    form.querySelectorAll(".kept, #garde").forEach((part) => part.remove());
    const notice = words.content.firstElementChild.cloneNode(true);
    notice.querySelectorAll("[data-when]").forEach((part) => part.hidden = !part.dataset.when.includes(how));
    notice.querySelector("b").textContent = new Set(Object.keys(entry.typed).map((id) => id.split(/[-=]/)[0])).size;
    notice.onclick = ({ target }) => {
      const act = target.dataset.do;
      if (act === "send") form.querySelector("button:not([type])").click();
      if (act === "put") {
        fill(form, entry);
        hidden(form, "seen").value = entry.seen; // the service then shows both
        say(form, "back", entry);
      }
      if (act !== "drop") return;
      drop(form);
      form.reset();
      notice.remove();
    };
    if (how === "line") write(form, { ...entry, sent: 0 }); // nor does leaving the page send it
    (how === "line" && form.querySelector(".actions") || form.firstElementChild).before(notice);
  };

  /* The page that follows a form says that it arrived; coming back to the form does not. */
  const came = !performance.navigation.type && path(document.referrer || "a:");
  Object.keys(store).forEach((key) => key.startsWith(mine) && (read(key) || {}).sent === came && store.removeItem(key));
  eachKept((form, entry) => {
    const other = hidden(form, "seen").value !== entry.seen;
    if (!missing(form, entry).length || (other && entry.sent) || form.querySelector("[aria-invalid]")) return drop(form);
    if (!other) fill(form, entry);
    say(form, other ? "other" : "back", entry);
    /* On the way back, Chrome then puts what the page held when it was left. */
    if (!other) addEventListener("pageshow", () => setTimeout(() => fill(form, read(keyOf(form)) || { typed: {} })));
  });

  const on = (names, act) => names.split(" ").forEach((name) => document.addEventListener(name, act, true));
  on("input change", ({ target: { form, name } }) => {
    if (!posted(form)) return;
    const { typed } = read(keyOf(form)) || { typed: {} };
    fields(form).filter((field) => field.name === name).forEach((field) => { typed[idOf(field)] = [field[place(field)], field.options && field.options[field.selectedIndex].text]; });
    write(form, { seen: hidden(form, "seen").value, typed });
  });
  on("submit", (event) => {
    const { target: form } = event, entry = read(keyOf(form));
    if (path(form.action) === out) forget(out);
    if (!entry || event.defaultPrevented) return;
    if (navigator.onLine) return write(form, { ...entry, sent: location.pathname });
    event.preventDefault();
    event.stopPropagation();
    delete form.dataset.sent; // of app.js
    say(form, "line", entry);
  });
  on("click", ({ target }) => target.closest("form .actions a") && drop(target.closest("form"))); // « Ne rien changer »
  addEventListener("pagehide", () => navigator.onLine && eachKept((form, entry) => write(form, { sent: "left", ...entry })));
  addEventListener("offline", () => eachKept((form, entry) => say(form, "line", entry)));
  on("htmx:afterRequest", ({ detail: { requestConfig: { elt }, xhr } }) => posted(elt) && (xhr.status || 500) < 500 && drop(elt));
})();
