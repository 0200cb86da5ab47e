// Keys of the sheet. Letters alone never fire while somebody types, nor with a modifier, nor when switched off.
import { search } from "./palette.js";

const TOGETHER = 1500;
const TYPING = "input, textarea, select, [contenteditable], [role=combobox], [role=listbox]";

const sheet = document.getElementById("shortcuts");
let before = "";
let timer = 0;

function wait(keys) {
  before = keys;
  clearTimeout(timer);
  timer = setTimeout(() => {
    before = "";
  }, TOGETHER);
}

function named(keys) {
  return [...sheet.querySelectorAll("[data-keys]")].find((link) => link.dataset.keys === keys);
}

function go(event, link) {
  event.preventDefault();
  if (link.dataset.keys === "/") search();
  else if (link.dataset.keys === "?") sheet.showModal();
  else location.assign(link.href);
}

function letter(event) {
  const isFree = !event.target.closest?.(TYPING) && !document.querySelector("dialog[open]");
  if (!isFree || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const link = named(before ? `${before} ${event.key}` : event.key);
  const begins = sheet.querySelector(`[data-keys^="${CSS.escape(event.key)} "]`);
  wait(link || !begins ? "" : event.key);
  if (link) go(event, link);
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const isSearch = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
  if (isSearch) {
    event.preventDefault();
    search();
  } else if ("letterKeys" in document.body.dataset) letter(event);
}

export function shortcuts(root) {
  if (!sheet) return;
  root.addEventListener("keydown", pressed);
  root.addEventListener("click", (event) => {
    if (!event.target.closest("[data-sheet]")) return;
    event.preventDefault();
    document.querySelector("[popover]:popover-open")?.hidePopover();
    sheet.showModal();
  });
}
