// The kinds of elements of a document, each with the lengths of its longest word and of its longest text. Of one kind
// are elements with the same attributes and state inside elements of the same kinds: they differ in words, numbers and
// addresses only.
(document) => {
  const VALUES = new Set([
    "class", "role", "type", "lang", "dir", "tabindex", "autocomplete", "inputmode", "scope", "hidden", "disabled",
    "required", "open", "aria-hidden", "aria-expanded", "aria-current", "aria-live", "aria-invalid", "aria-sort",
    "aria-pressed", "aria-selected", "aria-orientation",
  ]);
  const kinds = {};
  let heading = "none"; // the last one: axe wants no level left out
  // Of other attributes it matters whether they are there and say something.
  const attribute = ({ name, value }) => name + (VALUES.has(name) ? "=" + value : value.trim() ? "" : "=''");
  const describe = (one) => {
    const parts = [one.localName, ...[...one.attributes].map(attribute).sort()];
    if (one.checked) parts.push("checked");
    if (!one.checkVisibility()) parts.push("unseen");
    if (!one.textContent.trim()) parts.push("wordless");
    if (/^h[1-6]$/.test(one.localName)) {
      parts.push("after", heading);
      heading = one.localName;
    }
    return parts.join(" ");
  };
  const note = (one, above) => {
    const kind = `${above} > ${describe(one)}`;
    const texts = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
    const words = texts.join(" ").trim().split(/\s+/).map((word) => word.length);
    const [word, text] = kinds[kind] || [0, 0];
    kinds[kind] = [Math.max(word, ...words), Math.max(text, words.reduce((one, other) => one + 1 + other))];
    for (const inner of one.children) note(inner, kind);
  };
  note(document.documentElement, "");
  return kinds;
}
