// What the pages do beside htmx. Everything works without it, except live checks.
import { announce } from "./announce.js";
import { bell } from "./bell.js";
import { copy } from "./copy.js";
import { dialog } from "./dialog.js";
import { elapsed } from "./elapsed.js";
import { forms } from "./forms.js";
import { network } from "./network.js";
import { order } from "./order.js";
import { palette } from "./palette.js";
import { passkeys } from "./passkeys.js";
import { shortcuts } from "./shortcuts.js";
import { theme } from "./theme.js";
import { typed } from "./typed.js";

const parts = [announce, bell, copy, dialog, elapsed, forms, network, order, palette, passkeys, shortcuts, theme, typed];
for (const start of parts) start(document);
