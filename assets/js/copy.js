// `[data-copy]` puts its text on the clipboard.
import { say } from "./announce.js";
import { word } from "./words.js";

export function copy(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.title = word("copied");
    say(word("copied"));
  });
}
