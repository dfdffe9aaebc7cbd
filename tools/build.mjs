// Builds dist/: compiles src/, copies what the compiler leaves behind (tool prose, launcher scripts, lists of hashes), and makes one file
// of each stage that has many.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
rmSync(dist, { recursive: true, force: true });

const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
const compiled = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

for (const entry of readdirSync(path.join(root, "src"), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.tsx?$|\.pyc$/.test(entry.name)) continue;
  const from = path.join(entry.parentPath, entry.name);
  const to = path.join(dist, path.relative(path.join(root, "src"), from));
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, to);
}
// Finding and opening a file costs more than what most of these hold; nothing imports past a stage's index.
for (const stage of ["templates", "parsers"]) {
  const folder = path.join(dist, stage);
  const types = path.join(dist, "types", "index.js");
  const bundle = await rolldown({
    input: path.join(folder, "index.js"),
    // Packages, and the types that other stages share.
    external: (id, importer) =>
      !path.isAbsolute(id) && (!id.startsWith(".") || path.resolve(importer, "..", id) === types),
    platform: "node",
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith(".js")) rmSync(path.join(folder, name));
  }
  writeFileSync(path.join(folder, "index.js"), output[0].code);
}
chmodSync(path.join(dist, "bin.js"), 0o755);
