// The bell asks for its number once a minute, and only while somebody can see it.
const MINUTE = 60_000;

export function bell(root) {
  setInterval(() => {
    if (root.visibilityState === "visible") root.getElementById("bell")?.dispatchEvent(new CustomEvent("look"));
  }, MINUTE);
}
