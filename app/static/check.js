/* The check page: reads what a QR code put behind the # of the address, and verifies its signature on this device.
Nothing of it is sent, but the code and the signature, to ask whether the certificate is still valid. */
(() => {
  "use strict";
  const ALPHABET = "234679ABCDEFGHJKMNPQRTVWXY";
  const CONTEXT = new TextEncoder().encode("guichet-sejour attestation 1\0");
  const DAY = 86400000;
  const FIRST = Date.UTC(2000, 0, 1);
  const box = document.getElementById("reponse");
  let again = null, source = "";
  const json = async (address) => (await fetch(address, { credentials: "omit" })).json();

  const bytes = (text) => {
    let held = 0, bits = 0;
    const out = [];
    for (const letter of text) {
      held = ((held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)) & 0xfff;
      bits += 5;
      if (bits >= 8) out.push((held >> (bits -= 8)) & 255);
    }
    return Uint8Array.from(out);
  };

  /* docs/attestation-codes.md has the form. */
  const read = (content) => {
    const body = content.slice(0, -64), view = new DataView(body.buffer);
    let code = "", number = 0, place = 18;
    for (const part of body.slice(3, 8)) number = number * 256 + part;
    for (let left = 8; left; left -= 1, number = Math.floor(number / 26)) code = ALPHABET[number % 26] + code;
    const texts = [0, 0, 0, 0].map(() => {
      const text = body.slice(place + 1, place + 1 + body[place]);
      place += 1 + body[place];
      return new TextDecoder("utf-8", { fatal: true }).decode(text);
    });
    if (body[0] !== 1 || place !== body.length) throw new Error("not a statement");
    const days = [12, 14, 16].map((at) => view.getUint16(at) && FIRST + view.getUint16(at) * DAY);
    return { body, code, texts, key: body[1], rights: body[2], birth: [view.getUint16(8), body[10], body[11]], days, signature: content.slice(-64) };
  };

  const genuine = async (said, keys) => {
    const jwk = keys.find(({ kid }) => kid === String(said.key));
    const signed = new Date(said.days[2]).toISOString().slice(0, 10);
    if (!jwk || jwk.revoked || signed < jwk.from || (jwk.until && signed > jwk.until)) return false;
    const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, curve, false, ["verify"]);
    const text = new Uint8Array([...CONTEXT, ...said.body]);
    return crypto.subtle.verify(curve, key, said.signature, text);
  };

  const add = (parent, name, text = "", kind = "") => {
    const made = parent.appendChild(document.createElement(name));
    /* A sentence without translation comes in French, between two marks. */
    made.textContent = text.replace(/[\ue0f0\ue0f1]/g, "");
    if (made.textContent !== text) Object.assign(made, { lang: source, dir: "ltr" });
    if (kind) made.className = kind;
    return made;
  };

  const values = ({ texts, days, birth }, words) => {
    const [holder, latin, mention, place] = texts, [year, month, day] = birth;
    const write = (at, parts) => new Intl.DateTimeFormat(words.locale, { ...parts, timeZone: "UTC" }).format(at).replace(/^1(?= )/, words.first).replace(/ /g, "\u00a0");
    const whole = { day: "numeric", month: "long", year: "numeric" };
    const known = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }) };
    const start = write(days[0], whole);
    return {
      holder: latin ? `${holder} (${latin})` : holder, mention, place, start, day: start, end: days[1] && write(days[1], whole),
      birth: write(new Date(0).setUTCFullYear(year, (month || 1) - 1, day || 1), known),
    };
  };

  const show = (said, words) => {
    const filled = values(said, words), fill = (text) => text.replace(/%\((\w+)\)s/g, (all, name) => filled[name]);
    const today = Date.parse(new Date().toLocaleDateString("sv", { timeZone: "Europe/Paris" }));
    const over = said.days[1] && said.days[1] < today;
    let rows = words.rows[said.rights][said.days[1] ? "ending" : "endless"].slice();
    if (filled.mention) rows[words.work] = words.mention;
    if (filled.place) rows.push(words.territory);
    if (over) rows = rows.slice(0, words.person);
    answer(over ? "bad" : "ok", over ? words.said.over : words.said.genuine, over ? fill(words.said.ended) : words.said.signed);
    if (!over && said.days[0] > today) add(add(box, "p"), "b", fill(words.said.early));
    const list = add(box, "dl", "", "rows");
    rows.forEach(([label, text]) => {
      const line = add(list, "div");
      add(line, "dt", label);
      add(add(line, "dd"), "bdi", fill(text)).translate = false;
    });
  };

  const answer = (kind, heading, lede) => {
    box.textContent = "";
    const verdict = add(box, "div", "", `verdict ${kind} flow`);
    verdict.setAttribute("role", "status");
    add(verdict, "h1", heading);
    add(verdict, "p", lede, "lede");
    document.title = heading;
  };

  const ask = ({ code, signature }) => fetch(location.pathname, {
    method: "POST",
    headers: { "HX-Request": "true" },
    body: new URLSearchParams({ code, signature: [...signature].map((part) => part.toString(16).padStart(2, "0")).join("") }),
  });

  const run = async () => {
    const text = location.hash.slice(1);
    if (!/^[A-Z2-7]{130,1000}$/.test(text)) return;
    /* It holds a name: not for the history of this browser. */
    history.replaceState(null, "", location.pathname);
    document.querySelectorAll(".lang a").forEach((link) => { link.hash = text; });
    const words = await json(box.dataset.words), { said: sentences } = words;
    source = words.source;
    const forged = (code) => {
      answer("bad", sentences.forged, sentences.doubt);
      const field = document.getElementById("code");
      field.value = code;
      field.focus();
    };
    let said;
    try { said = read(bytes(text)); } catch (error) { return forged(""); }
    const spelled = `${said.code.slice(0, 4)}-${said.code.slice(4)}`;
    const able = window.crypto && crypto.subtle && words.rows[said.rights];
    if (able && !(await genuine(said, (await json(box.dataset.keys)).keys))) return forged(spelled);
    let retry;
    const note = (text) => {
      box.querySelectorAll("p[role=status]").forEach((line) => line.remove());
      const line = add(box, "p", text);
      line.setAttribute("role", "status");
      if (retry) retry.before(line);
    };
    if (able) show(said, words);
    again = async () => {
      if (able) note(sentences.asking);
      try {
        const told = await ask(said);
        if (told.status === 422) return forged(spelled);
        if (!told.ok) throw new Error("no answer");
        const page = new DOMParser().parseFromString(await told.text(), "text/html");
        box.textContent = "";
        box.append(...page.body.childNodes);
        document.title = box.querySelector("h1").textContent;
        again = null;
      } catch (error) {
        document.getElementById("code").value = spelled;
        if (!able) return;
        note(sentences.offline);
        retry = retry || add(box, "button", sentences.again, "button");
        retry.onclick = again;
      }
    };
    await again();
  };

  addEventListener("hashchange", run);
  addEventListener("online", () => again && again());
  run();

  /* Kept with its files, so that it opens without network: all anew where one is missing. */
  const keep = async () => {
    const store = await caches.open("verifier"), files = box.dataset.files.split(" ");
    const held = (await store.keys()).map(({ url }) => new URL(url).pathname);
    if (files.every((file) => held.includes(file)) && held.length === files.length) return;
    const given = await Promise.all(files.map((file) => fetch(file, { credentials: "omit", cache: "reload" })));
    /* Not the page that the network of a hotel answers anything with. */
    const ours = await Promise.all(given.map(async (answer) => answer.ok && !answer.redirected
      && (!/html/.test(answer.headers.get("Content-Type")) || (await answer.clone().text()).includes("data-words="))));
    if (ours.includes(false)) return;
    await Promise.all(given.map((answer, place) => store.put(files[place], answer)));
    await Promise.all(held.filter((file) => !files.includes(file)).map((file) => store.delete(file)));
  };
  if (box.dataset.worker && navigator.serviceWorker && window.caches) keep().then(() => navigator.serviceWorker.register(box.dataset.worker, { scope: location.pathname })).catch(() => {});
})();
