// What the pages do beside htmx. Everything works without it, except live checks.
import { announce } from "./announce.js";
import { bell } from "./bell.js";
import { copy } from "./copy.js";
import { elapsed } from "./elapsed.js";
import { forms } from "./forms.js";
import { network } from "./network.js";
import { order } from "./order.js";
import { passkeys } from "./passkeys.js";
import { theme } from "./theme.js";

for (const start of [announce, bell, copy, elapsed, forms, network, order, passkeys, theme]) {
  start(document);
}
