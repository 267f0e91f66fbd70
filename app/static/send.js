/* Files go one after the other, in pieces, before the form that they belong to; what was cut goes on where it stopped.
   The plain form works without this file, and comes back wherever this way fails. */
(() => {
  "use strict";
  const model = document.getElementById("sending");
  if (!model || !model.content || !window.fetch || !window.AbortController || !Blob.prototype.slice) return;
  const words = model.dataset, SMALLEST = 16384, LARGEST = 400000, GIVE_UP = 600000;
  const queue = [], trays = [];
  let size = 4 * SMALLEST, running = false, broken = false;
  class Final extends Error {}

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name]);
  const kilobytes = (bytes) => words.kilo.replace("555", Math.max(1, Math.round(bytes / 1000)));
  const left = (seconds) => (seconds < 90 ? fill(words.seconds, { n: Math.ceil(seconds) }) : fill(words.minutes, { n: Math.round(seconds / 60) }));
  const form_of = ({ field }) => (document.getElementById(field) || {}).form;
  const button = (form) => form.querySelector("button:not([type])");

  /* What is told about the files of one field: put back where a swap took it away. */
  const put_back = () => trays.forEach(({ node, batch }) => {
    const form = !node.isConnected && form_of(batch);
    if (form) (form.closest(".slots > li") || form).appendChild(node);
  });
  const tray = (batch) => {
    const node = model.content.firstElementChild.cloneNode(true), part = (name) => node.querySelector(`[data-${name}]`);
    const told = {
      node, batch, part,
      say(sentence, more, ...shown) {
        if (part("state").textContent !== sentence) part("state").textContent = sentence;
        part("more").textContent = more || "";
        node.querySelectorAll("[data-part]").forEach((one) => { one.hidden = !shown.includes(one.dataset.part); });
      },
      pressed: (...names) => new Promise((done) => names.forEach((name) => { part(`part=${name}`).onclick = () => done(name); })),
      drop() { trays.splice(trays.indexOf(told), 1); node.remove(); },
    };
    trays.push(told);
    put_back();
    return told;
  };

  const ask = (batch, address, method, body, headers) => {
    const abort = batch.abort = new AbortController(), timer = setTimeout(() => abort.abort(), 60000);
    const given = Object.assign({ "X-CSRFToken": form_of(batch).elements.csrf_token.value }, headers);
    const asked = fetch(address, { method, headers: given, body, signal: abort.signal, credentials: "same-origin", redirect: "manual" });
    asked.catch(() => {}).then(() => clearTimeout(timer));
    return asked;
  };
  /* The browser's word that the line is back only wakes: it does not always know. */
  const pause = (milliseconds) => new Promise((done) => {
    const wake = () => { removeEventListener("online", wake); clearTimeout(timer); done(); };
    const timer = setTimeout(wake, milliseconds);
    addEventListener("online", wake);
  });

  /* The same file chosen again, after a reload, goes on where it stopped: the service knows it by its digest. */
  const digest = async (file) => {
    try {
      const sum = await crypto.subtle.digest("SHA-256", await new Response(file).arrayBuffer());
      return [...new Uint8Array(sum)].map((byte) => `0${byte.toString(16)}`.slice(-2)).join("");
    } catch (missing) {
      return "";
    }
  };
  const begin = async (batch, { file, name }) => {
    const answer = await ask(batch, words.url, "POST", new URLSearchParams({ name, length: file.size, digest: await digest(file) }));
    if (answer.status === 422) { const { why, cure } = await answer.json(); throw new Final(`${why} ${cure}`); }
    return checked(answer, 201).headers;
  };
  const checked = (answer, ...good) => {
    if (answer.status === 401) throw new Final(words.ended);
    if (!good.includes(answer.status)) throw new Error(answer.status);
    return answer;
  };

  const send = async (batch, told, item, count) => {
    const { file } = item.made;
    let offset = 0, tries = 0, moved = Date.now(), speed = 0, sure = !item.address;
    told.say(count, "", "bar", "stop");
    for (;;) {
      if (!form_of(batch)) throw new Final("");
      try {
        if (batch.stopped) throw new Error();
        if (!item.address) {
          const begun = await begin(batch, item.made);
          item.address = begun.get("Location");
          offset = Number(begun.get("Upload-Offset"));
        }
        if (offset >= file.size) return item.address.split("/").pop();
        const began = Date.now(), piece = file.slice(offset, offset + size);
        const answer = await (sure ? ask(batch, item.address, "PATCH", piece, { "Upload-Offset": offset, "Content-Type": "application/partial-upload" }) : ask(batch, item.address, "HEAD"));
        if (answer.status === 404) { item.address = ""; sure = true; continue; }
        const there = Number(checked(answer, 204, 409).headers.get("Upload-Offset"));
        if (sure && there > offset) {
          const seconds = (Date.now() - began) / 1000, now = (there - offset) / seconds;
          speed = speed ? (speed + now) / 2 : now;
          size = seconds < 2 ? Math.min(LARGEST, size * 2) : seconds > 6 ? Math.max(SMALLEST, size / 2) : size;
        }
        if (there > offset) { moved = Date.now(); tries = 0; }
        offset = there;
        sure = true;
        told.part("part=bar").value = 100 * offset / file.size;
        told.say(count, fill(words.part, { done: kilobytes(offset), size: kilobytes(file.size) }) + (speed ? `, ${left((file.size - offset) / speed)}` : ""), "bar", "stop");
      } catch (error) {
        if (error instanceof Final || batch.stopped || Date.now() - moved > GIVE_UP) throw error;
        sure = !item.address;
        told.say(words.waiting, "", "stop");
        await pause(Math.min(30, 2 ** tries) * (750 + 500 * Math.random()));
        tries += 1;
      }
    }
  };

  /* The form takes what arrived, and the page answers; the seconds of checking are told as they pass. */
  const give = (batch, told) => new Promise((done, failed) => {
    const form = form_of(batch), began = Date.now();
    form.querySelectorAll("[name=sent]").forEach((field) => field.remove());
    batch.items.filter(({ token }) => token).forEach(({ token }) => {
      form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "sent", value: token }));
    });
    const tell = () => told.say(words.checking, fill(words.since, { n: Math.round((Date.now() - began) / 1000) }));
    const clock = setInterval(tell, 1000);
    const answered = ({ detail }) => {
      if (detail.requestConfig.elt !== form) return;
      document.removeEventListener("htmx:afterRequest", answered);
      clearInterval(clock);
      const { status } = detail.xhr;
      if ((status >= 200 && status < 400) || status === 409 || status === 422) done(); else failed(new Error(status));
    };
    document.addEventListener("htmx:afterRequest", answered);
    tell();
    running = form.hasAttribute("hx-post");
    button(form).click(); // requestSubmit is missing before Safari 16
  });

  /* A doubt about a photo is a question. */
  const sure_of = async (batch, made) => {
    const told = tray(batch);
    told.part("name").textContent = made.name;
    told.say(words[made.doubt], "", made.doubt, "anyway", "retake");
    const answer = await told.pressed("anyway", "retake");
    told.drop();
    made.doubt = "";
    if (answer === "retake") document.getElementById(batch.field).click();
    return answer === "anyway";
  };

  /* A refused file stays beside the others, with its cure. */
  const refused = (batch, item, sentence) => {
    const told = tray(batch);
    told.wrong = true;
    told.part("name").textContent = (item.made || item.file).name;
    told.say(sentence, "", "other");
    told.pressed("other").then(() => document.getElementById(batch.field).click());
  };

  const run = async (batch) => {
    const told = tray(batch), { items, auto } = batch;
    batch.stopped = false;
    told.part("part=stop").onclick = () => { batch.stopped = true; batch.abort.abort(); dispatchEvent(new Event("online")); };
    for (const item of items.filter(({ over }) => !over)) {
      try {
        told.part("name").textContent = (item.made || item.file).name;
        told.say(words.preparing);
        item.made = item.made || (window.preparePhoto ? await window.preparePhoto(item.file) : { file: item.file, name: item.file.name });
        if (item.made.doubt) {
          const answer = sure_of(batch, item.made);
          if (auto) {
            item.over = true;
            answer.then((anyway) => anyway && add({ field: batch.field, auto, items: [{ made: item.made }] }));
            continue; // it holds up no other file
          }
          if (!(await answer)) { told.drop(); return; }
        }
        item.token = item.token || (await send(batch, told, item, fill(words.count, { n: items.indexOf(item) + 1, all: items.length })));
        if (auto) await give(batch, told);
        item.over = auto;
      } catch (error) {
        if (error instanceof Final) {
          item.over = true;
          refused(batch, item, error.message);
          if (auto) continue;
          told.drop();
          return;
        }
        told.say(batch.stopped ? words.stopped : words.failed, "", "again");
        told.pressed("again").then(() => { told.drop(); add(batch); });
        return;
      }
    }
    if (!auto) await give(batch, told);
    told.drop();
  };

  const plain = (form, shown) => { if (form && "auto" in form.dataset) button(form).hidden = !shown; };
  const add = async (batch) => {
    trays.filter(({ wrong, batch: { field } }) => wrong && field === batch.field).forEach((told) => told.drop());
    queue.push(batch);
    if (running) return;
    running = true;
    while (queue.length) {
      try { await run(queue.shift()); } catch (error) {
        broken = true;
        document.querySelectorAll("[data-auto]").forEach((form) => plain(form, true));
      }
      running = true;
    }
    running = false;
  };
  const take = (input) => {
    const items = [...input.files].map((file) => ({ file })), auto = "auto" in input.form.dataset;
    input.value = ""; // the same file can be chosen again
    if (items.length) add({ field: input.id, auto, items });
  };

  const listen = (root) => root.querySelectorAll("form[data-auto]").forEach((form) => {
    const input = form.querySelector("[type=file]");
    if (!window.htmx || broken || !input || input.onchange) return;
    input.onchange = () => broken || take(input);
    plain(form, false);
  });
  addEventListener("submit", (event) => {
    const input = event.target.querySelector("[data-send] [type=file]");
    if (broken || !input || !input.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    take(input);
  }, true);
  document.addEventListener("htmx:load", (event) => { put_back(); listen(event.target); });
  addEventListener("beforeunload", (event) => {
    if (!running) return;
    event.preventDefault();
    event.returnValue = "";
  });
  listen(document);
})();
