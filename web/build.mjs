// How do the sources in web/assets become the files a browser gets? Scripts and styles are bundled, the rest is
// copied, every name carries the hash of its content, and manifest.json says which file stands for which source.
// Usage: node build.mjs [source folder] [output folder]

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = resolve(process.argv[2] ?? join(here, "assets"));
const output = resolve(process.argv[3] ?? join(here, "static", "build"));
const COPIED = new Set([".svg", ".png", ".webp", ".woff2", ".ico"]);

async function bundled(entries) {
  const result = await build({
    entryPoints: entries.map((name) => join(source, name)),
    outdir: output,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022"],
    minify: true,
    metafile: true,
    write: false,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: Object.fromEntries([...COPIED].map((ending) => [ending, "file"])),
    nodePaths: [join(here, "node_modules")],
    absWorkingDir: source,
    logLevel: "warning",
  });
  const names = Object.entries(result.metafile.outputs)
    .filter(([, made]) => made.entryPoint && entries.includes(made.entryPoint))
    .map(([path, made]) => [made.entryPoint, basename(path)]);
  return { names, files: result.outputFiles.map((file) => [relative(output, file.path), file.contents]) };
}

async function copied(entries) {
  const files = await Promise.all(
    entries.map(async (name) => {
      const contents = await readFile(join(source, name));
      const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
      return [`${basename(name, extname(name))}-${hash}${extname(name)}`, contents];
    }),
  );
  return { names: entries.map((name, index) => [name, files[index][0]]), files };
}

// New files first, the manifest last in one step, stale files after that: a running server never misses one.
async function write(files, manifest) {
  await mkdir(output, { recursive: true });
  await Promise.all(files.map(([name, contents]) => writeFile(join(output, name), contents)));
  await writeFile(join(output, "manifest.json.new"), `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(join(output, "manifest.json.new"), join(output, "manifest.json"));
  const kept = new Set(["manifest.json", ...files.map(([name]) => name)]);
  const stale = (await readdir(output)).filter((name) => !kept.has(name));
  await Promise.all(stale.map((name) => rm(join(output, name), { recursive: true })));
}

const names = (await readdir(source)).sort();
const plain = names.filter((name) => COPIED.has(extname(name)));
const entries = names.filter((name) => name === "app.js" || extname(name) === ".css");
const parts = [await bundled(entries), await copied(plain)];
const manifest = Object.fromEntries(parts.flatMap((part) => part.names).sort());
await write(parts.flatMap((part) => part.files), manifest);
const bytes = await Promise.all(Object.values(manifest).map(async (name) => (await stat(join(output, name))).size));
console.log(Object.keys(manifest).map((name, index) => `${name} ${Math.ceil(bytes[index] / 1024)} KiB`).join(", "));
