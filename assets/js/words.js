// The few words that the script itself says, translated by the server.
const words = document.getElementById("words")?.dataset ?? {};

/** A word of base.html with `{name}` replaced. */
export function word(name, values = {}) {
  return (words[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => values[key]);
}
