// Light, dark, or what the system prefers; kept in a cookie so that the server renders it.
const YEAR = 365 * 24 * 3600;

function wear(choice) {
  if (choice) document.documentElement.dataset.bsTheme = choice;
  else delete document.documentElement.dataset.bsTheme;
}

function show(root) {
  const worn = document.documentElement.dataset.bsTheme ?? "";
  for (const button of root.querySelectorAll("[data-theme-to]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeTo === worn));
  }
}

export function theme(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-to]");
    if (!button) return;
    const choice = button.dataset.themeTo;
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `theme=${choice};path=/;samesite=lax;max-age=${choice ? YEAR : 0}${secure}`;
    wear(choice);
    show(root);
  });
  show(root);
}
