// `[data-elapsed="seconds"]` counts on from what the server wrote, `[data-left="seconds"]` down to 0.
import { word } from "./words.js";

const LONGEST = 48 * 3600; // the server writes days beyond that
const began = new WeakMap();

function text(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return word("seconds", { s: seconds });
  if (minutes < 60) return word("minutes", { m: minutes, s: seconds % 60 });
  return word("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

function since(part, now) {
  if (!began.has(part)) began.set(part, now);
  return (now - began.get(part)) / 1000;
}

function show(part, seconds) {
  if (seconds < LONGEST) part.textContent = text(seconds);
}

function tick(root) {
  const now = performance.now();
  for (const part of root.querySelectorAll("[data-elapsed]"))
    show(part, Math.floor(Number(part.dataset.elapsed) + since(part, now)));
  for (const part of root.querySelectorAll("[data-left]"))
    show(part, Math.max(0, Math.ceil(Number(part.dataset.left) - since(part, now))));
}

export function elapsed(root) {
  setInterval(() => tick(root), 1000);
}
