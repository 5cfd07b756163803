// Bundles src/*.ts, one file per page script, into the Python package, with the notices of the
// packages that the bundles carry. Written to a folder beside and exchanged, so that a build that
// fails leaves the last one standing.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const built = resolve(here, "../src/fiscograph/serving/static/built");
const fresh = `${built}.new`;

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
const done = await build({
  absWorkingDir: here,
  entryPoints: ["src/flow.ts", "src/editor.ts", "src/editor.css", "src/page.ts", "src/pictures.ts", "src/search.ts"],
  outdir: fresh,
  bundle: true,
  format: "esm",
  target: "es2020",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
});

const packages = new Set();
for (const input of Object.keys(done.metafile.inputs)) {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (match) packages.add(match[1]);
}
const notices = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} carries no licence`);
  return `${name} ${about.version} (${about.license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync(join(fresh, "NOTICE.txt"), notices.join(`\n${"-".repeat(72)}\n\n`));

if (existsSync(built)) rmSync(built, { recursive: true });
renameSync(fresh, built);
