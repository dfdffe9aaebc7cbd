#!/usr/bin/env node
// The version is looked at before anything is imported: some packages fail on an older Node with an error nobody understands.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`halter needs Node 22.19 or newer; this is ${process.version}\n`);
  process.exit(1);
}
const { enableCompileCache } = await import("node:module");
enableCompileCache?.();
const { main } = await import("./surfaces/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
