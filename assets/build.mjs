// Builds ../static/portal from scss, js and npm packages. Same input, same bytes.
// `--check` builds into memory and fails when the committed files differ.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "portal");
const modules = join(here, "node_modules");
const read = (...parts) => readFileSync(join(...parts), "utf8").replaceAll("\r\n", "\n");

function css(name) {
  const options = {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
    // Bootstrap 5 is written with @import; it goes when Bootstrap does.
    silenceDeprecations: ["import"],
  };
  return compile(join(here, "scss", `${name}.scss`), options).css + "\n";
}

function js() {
  const options = { entryPoints: [join(here, "js", "portal.js")], bundle: true, write: false };
  return buildSync({ ...options, minify: true, format: "esm", target: "es2022" }).outputFiles[0].text;
}

// "name" or "name:glyph" of Bootstrap Icons.
function symbol(entry) {
  const [name, glyph = name] = entry.split(":");
  const svg = read(modules, "bootstrap-icons", "icons", `${glyph}.svg`);
  const shapes = svg.replace(/^[^]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${shapes.replace(/\n\s*/g, "")}</symbol>`;
}

function icons() {
  const symbols = JSON.parse(read(here, "icons.json")).map(symbol);
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

// The font of PDFs: a bare machine has none. Its figures are equally wide by themselves, so they can
// be copied from a PDF. Latin with all accents, Greek and Cyrillic.
function fonts() {
  const sets = ["latin", "latin-ext", "greek", "cyrillic"];
  const names = sets.flatMap((set) => [400, 600].map((weight) => `ibm-plex-sans-${set}-${weight}-normal.woff2`));
  const file = (name) => readFileSync(join(modules, "@fontsource", "ibm-plex-sans", "files", name));
  return Object.fromEntries(names.map((name) => [`fonts/${name}`, file(name)]));
}

function licences() {
  const used = ["@fontsource/ibm-plex-sans", "bootstrap", "bootstrap-icons", "htmx.org"];
  const one = (name) => {
    const { version, license } = JSON.parse(read(modules, name, "package.json"));
    const title = `${name} ${version} (${license})`;
    return `${title}\n${"=".repeat(title.length)}\n\n${read(modules, name, "LICENSE").trim()}\n`;
  };
  return used.map(one).join("\n\n");
}

const built = {
  "portal.css": css("portal"),
  "admin.css": css("admin"),
  "portal.js": js(),
  "icons.svg": icons(),
  "mark.svg": read(here, "mark.svg"),
  "htmx.min.js": read(modules, "htmx.org", "dist", "htmx.min.js"),
  "LICENSES.txt": licences(),
  ...fonts(),
};

const committed = (name) => {
  try {
    return Buffer.isBuffer(built[name]) ? readFileSync(join(target, name)) : read(target, name);
  } catch {
    return "";
  }
};

const same = (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)) === 0;

if (process.argv.includes("--check")) {
  const stale = Object.keys(built).filter((name) => !same(built[name], committed(name)));
  if (stale.length) {
    console.error(`Not in step with assets/: ${stale.join(", ")}. Run: npm run build`);
    process.exit(1);
  }
} else {
  mkdirSync(join(target, "fonts"), { recursive: true });
  for (const [name, text] of Object.entries(built)) writeFileSync(join(target, name), text);
}
