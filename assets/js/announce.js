import { keep } from "./typed.js";

// Screen readers hear what changed, once, and not the whole list every two seconds.
const live = document.getElementById("announce");

/** Says a text to screen readers, unless it was the last one said. */
export function say(text) {
  if (live && text && live.textContent !== text) live.textContent = text;
}

// A session that has ended answers with the sign-in page: show that instead of a piece of it.
function leave(event) {
  const { elt, xhr, pathInfo } = event.detail;
  const asked = new URL(pathInfo.requestPath, location.href).pathname;
  if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
    event.preventDefault();
    keep(elt.closest("form"));
    location.reload();
  }
}

export function announce(root) {
  root.addEventListener("htmx:beforeSwap", leave);
  root.addEventListener("htmx:afterSettle", () => {
    const heard = [...root.querySelectorAll("[data-announce]")].map((part) => part.dataset.announce);
    say(heard.join(". "));
  });
}
