// The search palette (Ctrl/⌘ K): a combobox over what the server finds; the page /search/ is the same.
// WAI-ARIA Authoring Practices, combobox with a list box and `aria-activedescendant`.
const KEPT = 10;
const PLACE = "recent";

const dialog = document.getElementById("palette");
const field = document.getElementById("palette-q");
const said = document.getElementById("palette-said");

const options = () => [...dialog.querySelectorAll("[role=option]")];
const chosen = () => dialog.querySelector("[role=option][aria-selected=true]");

// Addresses alone, on this browser alone, until somebody signs out; their names come from the server.
function recent() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}

function remember() {
  if (!dialog) return localStorage.removeItem(PLACE);
  const here = location.pathname;
  localStorage.setItem(PLACE, JSON.stringify([here, ...recent().filter((one) => one !== here)].slice(0, KEPT)));
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function move(by) {
  const all = options();
  if (all.length) choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
}

function go(event, option) {
  if (!option.dataset.press) return option.click();
  event.preventDefault();
  dialog.close();
  document.querySelector(option.dataset.press)?.click();
}

// What is listed may be the answer to fewer letters: then the page decides, not the old list.
function enter(event) {
  const list = dialog.querySelector("#palette-list");
  if (list?.dataset.for !== field.value.trim() || !chosen()) return;
  event.preventDefault();
  go(event, chosen());
}

function key(event) {
  if (event.isComposing) return;
  const deeds = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };
  if (event.key === "Enter" && event.target.matches("[role=combobox], [role=listbox]")) return enter(event);
  if (!deeds[event.key]) return;
  event.preventDefault();
  deeds[event.key]();
}

function shown() {
  const all = options();
  field.setAttribute("aria-expanded", String(all.length > 0));
  choose(all[0]);
  said.textContent = dialog.querySelector("[data-said]")?.dataset.said ?? "";
}

/** Opens the palette, unless another dialog is open. */
export function search() {
  if (!dialog || document.querySelector("dialog[open]")) return false;
  dialog.querySelector("[name=recent]").value = recent()
    .filter((one) => one !== location.pathname)
    .join(" ");
  field.value = "";
  dialog.querySelector("#palette-found").replaceChildren();
  dialog.showModal();
  field.focus();
  field.dispatchEvent(new CustomEvent("look"));
  return true;
}

export function palette(root) {
  remember();
  if (!dialog) return;
  dialog.addEventListener("keydown", key);
  dialog.addEventListener("click", (event) => {
    const option = event.target.closest("[data-press]");
    if (option) go(event, option);
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("htmx:afterSettle", shown);
  dialog.addEventListener("close", () => field.blur()); // where nothing had the focus before, it would stay
  root.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (close) close.closest("dialog").close();
    if (event.target.closest("[data-palette]") && search()) event.preventDefault();
  });
  if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
    for (const hint of root.querySelectorAll("[data-palette] kbd")) hint.textContent = "⌘ K";
  }
}
