// Without a connection nothing that was typed may go: a form stays where it is, and a note says why.
const note = document.getElementById("unreachable");

// Beneath an open dialog nobody would see it.
function show(lost) {
  if (!note) return;
  if (lost) (document.querySelector("dialog[open]") ?? document.body).append(note);
  note.hidden = !lost;
}

async function reached() {
  try {
    return (await fetch("/health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

// A portal in the same house answers although the browser believes to be offline: it is asked.
async function keep(event) {
  const { target: form, submitter } = event;
  if (navigator.onLine || "reached" in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const there = await reached();
  show(!there);
  if (!there) return;
  form.dataset.reached = "";
  form.requestSubmit(submitter);
  delete form.dataset.reached;
}

export function network(root) {
  root.addEventListener("submit", keep, true);
  for (const lost of ["htmx:sendError", "htmx:timeout"]) root.addEventListener(lost, () => show(true));
  root.addEventListener("htmx:beforeOnLoad", () => show(false));
  addEventListener("online", () => show(false));
}
