// Small forms open over the page: a link with `data-dialog` fetches its page, which the server then
// gives without its frame. Without this script the link leads to the page. The rules are the server's.
import { keep } from "./typed.js";

const PAUSE = 350;

const shell = document.getElementById("dialog");
const body = document.getElementById("dialog-body");
let opener = null;
let address = "";
let leaving = false;
let timer = 0;

// What goes wrong is told where it is found: by `judge`, a lost network by network.js.
async function ask(verb, url, more = {}) {
  clearTimeout(timer);
  shell.setAttribute("aria-busy", "true");
  await htmx.ajax(verb, url, { source: shell, target: body, swap: "innerHTML", ...more }).catch(() => null);
  shell.removeAttribute("aria-busy");
}

function focus() {
  const wrong = body.querySelector("[aria-invalid=true]:not([type=hidden])") ?? body.querySelector("[data-focus]");
  const fields = "input:not([type=hidden]), select, textarea";
  const checked = "input:is([type=radio], [type=checkbox]):checked";
  const first = wrong ?? body.querySelector(checked) ?? body.querySelector(fields) ?? body.querySelector("h2");
  first?.focus();
  if (first?.matches("input:not([type=radio], [type=checkbox])")) first.select();
}

async function open(link) {
  opener = link;
  address = link.href;
  shell.dataset.page = link.pathname + link.search;
  body.replaceChildren();
  await ask("GET", address);
  if (!body.children.length || shell.open) return;
  shell.showModal();
  focus();
}

// What is typed makes the preview out of date: it cannot be confirmed until the new one stands there.
function outdate() {
  const outcome = body.querySelector("#dialog-outcome");
  outcome.inert = true;
  return outcome;
}

async function look(form) {
  const target = outdate();
  await ask("POST", address, { source: form, target, select: "[data-outcome]" });
  target.inert = false;
}

function typed(event) {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  clearTimeout(timer);
  const outcome = outdate();
  if (form.checkValidity()) timer = setTimeout(look, PAUSE, form);
  else outcome.firstElementChild.replaceChildren();
}

// One at a time: what is on its way cannot be sent again.
async function send(event) {
  const { target: form, submitter } = event;
  event.preventDefault();
  if (body.inert) return;
  if (form.matches("[data-live]")) {
    await look(form);
    if (body.querySelector("[aria-invalid=true]")) focus();
    return;
  }
  if (form.hasAttribute("action")) address = form.action;
  body.inert = true;
  submitter?.classList.add("is-busy");
  const values = submitter?.name ? { [submitter.name]: submitter.value } : {};
  await ask("POST", address, { source: form, values });
  if (leaving) return;
  submitter?.classList.remove("is-busy");
  body.inert = false;
  focus();
}

// What is wrong with a field, without touching what is being typed there.
function mark(field, fresh) {
  field.querySelector("[id$=_error]")?.remove();
  const error = fresh?.querySelector("[id$=_error]");
  if (error) {
    error.setAttribute("role", "status");
    field.append(error);
  }
  for (const control of fresh?.querySelectorAll("[name]") ?? []) {
    const mine = document.getElementById(control.id);
    for (const name of ["class", "aria-invalid", "aria-describedby"]) {
      if (control.hasAttribute(name)) mine?.setAttribute(name, control.getAttribute(name));
      else mine?.removeAttribute(name);
    }
  }
}

// Of the answer to what was typed only the preview is taken whole; an error without a field goes there.
function sort(detail) {
  const fresh = new DOMParser().parseFromString(detail.serverResponse, "text/html");
  const fields = [...fresh.querySelectorAll("[data-live] .field")];
  for (const [n, field] of body.querySelectorAll("[data-live] .field").entries()) mark(field, fields[n]);
  body.querySelector("[data-live] #errors")?.remove();
  const errors = fresh.getElementById("errors");
  if (errors && !fresh.querySelector("[aria-invalid=true]")) {
    fresh.querySelector("[data-outcome]")?.prepend(errors);
    detail.serverResponse = fresh.body.innerHTML;
  }
}

function fail() {
  body.querySelector("[data-failed]")?.remove();
  const note = shell.querySelector("template").content.firstElementChild.cloneNode(true);
  note.dataset.failed = "";
  body.querySelector("h2").after(note);
}

// A whole page in place of a part is no answer to a form: the server has broken.
function judge(event) {
  const { detail } = event;
  const isPart = !detail.serverResponse.trimStart().toLowerCase().startsWith("<!doctype");
  detail.shouldSwap = isPart;
  detail.isError = false;
  if (!isPart && !shell.open) location.assign(address);
  else if (!isPart) fail();
  else if (detail.target !== body) sort(detail);
}

function forget() {
  clearTimeout(timer);
  body.replaceChildren();
  body.inert = false;
  leaving = false;
  opener?.focus();
}

export function dialog(root) {
  if (!shell) return;
  root.addEventListener("click", (event) => {
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target.closest("a[data-dialog]");
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    open(link);
  });
  shell.addEventListener("click", (event) => {
    if (!event.target.closest("[data-back]")) return;
    event.preventDefault();
    shell.close();
  });
  shell.addEventListener("submit", send);
  shell.addEventListener("input", typed);
  shell.addEventListener("htmx:beforeOnLoad", (event) => {
    leaving = event.detail.xhr.getResponseHeader("HX-Redirect") !== null;
    if (leaving) keep(body.querySelector("form")); // it may lead to sign-in
  });
  shell.addEventListener("htmx:beforeSwap", judge);
  shell.addEventListener("close", forget);
  addEventListener("pagehide", () => shell.close());
}
