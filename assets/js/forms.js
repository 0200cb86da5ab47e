// Forms: one submit only, what is wrong in focus, filters, dependent parts.

function guard(event) {
  const form = event.target.closest("form[data-guard]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.classList.add("is-busy");
  event.submitter?.setAttribute("aria-disabled", "true");
}

// The browser's back button brings the page back as it was left.
function release(root) {
  for (const form of root.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll(".is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-disabled");
    }
  }
}

function reveal(box) {
  const part = document.querySelector(box.dataset.reveals);
  part?.classList.toggle("is-hidden", !box.checked);
}

function needChecked(form) {
  const ticked = form.querySelector("[data-checks] input:checked");
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = !ticked;
}

// A box in the head of a table ticks all of its rows.
function tick(box) {
  const rows = box.closest("table").querySelectorAll(`input[name=${box.dataset.ticks}]`);
  for (const row of rows) row.checked = box.checked;
}

function filter(input) {
  const wanted = input.value.trim().toLocaleLowerCase();
  for (const row of document.querySelector(input.dataset.filter)?.children ?? []) {
    row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  }
}

function dialog(button) {
  const shown = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") shown?.showModal();
  if (button.getAttribute("command") === "close") shown?.close();
}

function refresh(root) {
  for (const box of root.querySelectorAll("[data-reveals]")) reveal(box);
  for (const form of root.querySelectorAll("form[data-needs-checked]")) needChecked(form);
}

// The first field that is wrong, or the summary where no single field is.
function wrong(root) {
  const fields = root.querySelectorAll("main [aria-invalid=true]:not([type=hidden])");
  return [...fields].find((field) => !field.closest("[data-calm]")) ?? root.querySelector("[data-focus]");
}

export function forms(root) {
  root.addEventListener("submit", guard);
  root.addEventListener("change", (event) => {
    if (event.target.matches("[data-ticks]")) tick(event.target);
    refresh(root);
    if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-filter]")) filter(event.target);
  });
  if (!("commandForElement" in HTMLButtonElement.prototype)) {
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button[commandfor]");
      if (button) dialog(button);
    });
  }
  root.addEventListener("htmx:afterSettle", () => refresh(root));
  addEventListener("pageshow", () => {
    release(root);
    refresh(root);
  });
  refresh(root);
  wrong(root)?.focus();
}
