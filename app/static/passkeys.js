/* Passkeys: asks the device for a key or a signature, puts its answer into the form and sends it. The form is hidden until
this script knows that the browser can; the other ways in stand beside it. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const coded = (text) => atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = (text) => Uint8Array.from(coded(text), (letter) => letter.charCodeAt(0));
  const plain = (buffer) => {
    const letters = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const options = JSON.parse(form.dataset.passkey);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const key of options.excludeCredentials || options.allowCredentials || []) key.id = bytes(key.id);
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const ask = async () => {
    const how = options.user ? "create" : "get";
    const key = await navigator.credentials[how]({ publicKey: options });
    const response = {};
    for (const part of parts) if (key.response[part]) response[part] = plain(key.response[part]);
    return JSON.stringify({ id: key.id, rawId: key.id, type: key.type, response, clientExtensionResults: {} });
  };

  form.hidden = false;
  document.querySelectorAll("[data-without-passkey]").forEach((said) => { said.hidden = true; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[role=alert]");
    failed.hidden = true;
    try {
      form.elements.answer.value = await ask();
      form.submit();
    } catch (refusal) {
      failed.hidden = false;
    }
  });
})();
