// `[data-elapsed="seconds"]` counts on from what the server wrote.
import { word } from "./words.js";

const began = new WeakMap();

function text(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return word("seconds", { s: seconds });
  if (minutes < 60) return word("minutes", { m: minutes, s: seconds % 60 });
  return word("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

function tick(root) {
  const now = performance.now();
  for (const part of root.querySelectorAll("[data-elapsed]")) {
    if (!began.has(part)) began.set(part, now - 1000 * Number(part.dataset.elapsed));
    const seconds = Math.floor((now - began.get(part)) / 1000);
    if (seconds < 48 * 3600) part.textContent = text(seconds);
  }
}

export function elapsed(root) {
  setInterval(() => tick(root), 1000);
}
