// The order form: amounts, running total, and *Order* greyed while nothing is chosen.
// It only shows; what is ordered and at which price is decided by the server.

function price(line) {
  const plan = line.querySelector("[data-plan]");
  const chosen = plan?.selectedOptions?.[0] ?? plan;
  return Number(chosen?.dataset.price ?? 0);
}

function quantity(line) {
  const asked = Number(line.querySelector("[data-quantity]")?.value);
  return Number.isInteger(asked) && asked > 0 ? asked : 0;
}

function add(form) {
  const language = document.documentElement.lang;
  const style = { style: "currency", currency: form.dataset.currency, currencyDisplay: "narrowSymbol" };
  const money = new Intl.NumberFormat(language, style);
  let total = 0;
  let seats = 0;
  for (const line of form.querySelectorAll("[data-line]")) {
    const amount = (Math.round(price(line) * 10_000) * quantity(line)) / 10_000;
    const cell = line.querySelector("[data-amount]");
    if (cell) cell.textContent = money.format(amount);
    const unit = line.querySelector("[data-unit]");
    if (unit) unit.textContent = money.format(price(line));
    line.classList.toggle("is-chosen", quantity(line) > 0);
    total += amount;
    seats += quantity(line);
  }
  for (const cell of form.querySelectorAll("[data-total]")) cell.textContent = money.format(total);
  for (const cell of form.querySelectorAll("[data-seats]")) cell.textContent = String(seats);
  for (const button of form.querySelectorAll("[data-needs-choice]")) button.disabled = seats === 0;
}

export function order(root) {
  for (const form of root.querySelectorAll("form[data-order]")) {
    form.addEventListener("input", () => add(form));
    addEventListener("pageshow", () => add(form));
    add(form);
  }
}
