// What was typed outlives a session that ended: after signing in it is back in its form.
// Secrets are never kept, nor anything for another person or after a form that was received.
import { word } from "./words.js";

const PLACE = "typed";
const SECRET = "[type=password], [type=hidden], [type=file], [autocomplete=one-time-code]";
const person = document.body.dataset.person;
const here = location.pathname + location.search;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return null;
  }
}

function fields(form) {
  return [...form.elements].filter((one) => one.name && one.type !== "submit" && !one.matches(SECRET));
}

const ticks = (field) => field.type === "checkbox" || field.type === "radio";

/** Keeps what stands in a form, for the case that its answer is the sign-in page. */
export function keep(form) {
  if (form?.method !== "post" || !person) return;
  const typed = fields(form).map((one) => [one.name, one.value, ticks(one) ? one.checked : null]);
  if (!typed.length) return;
  const page = form.closest("dialog")?.dataset.page ?? here;
  const entry = { person, page, action: form.getAttribute("action"), typed };
  sessionStorage.setItem(PLACE, JSON.stringify(entry));
}

function fill(form, typed) {
  for (const [name, value, checked] of typed) {
    const field = fields(form).find((one) => one.name === name && (checked === null || one.value === value));
    if (!field) continue;
    if (checked === null) field.value = value;
    else field.checked = checked;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const note = document.createElement("p");
  note.className = "alert tone-info";
  note.setAttribute("role", "status");
  note.textContent = word("typed");
  form.prepend(note);
}

function isSame(form, { action, typed }) {
  const names = new Set(fields(form).map((one) => one.name));
  return form.method === "post" && form.getAttribute("action") === action && typed.every(([name]) => names.has(name));
}

function restore() {
  const entry = kept();
  if (!entry) return;
  const entrance = document.querySelector(".entrance");
  if (entrance && !person) {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...entry, ended: true }));
  } else if (!entrance) {
    sessionStorage.removeItem(PLACE);
    if (!entry.ended || entry.person !== person || entry.page !== here) return;
    const form = [...document.forms].find((one) => isSame(one, entry));
    if (form) fill(form, entry.typed);
  }
}

export function typed(root) {
  root.addEventListener("submit", (event) => keep(event.target), true);
  restore();
}
