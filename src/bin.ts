#!/usr/bin/env node
// The version is looked at before anything is imported: some packages fail on an older Node with an error nobody understands.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  const { stepOver } = await import("./surfaces/cli/step-over.ts");
  const status = await stepOver();
  if (status === undefined) {
    process.stderr.write(
      `halter needs Node 22.19 or newer; this is ${process.version}\nhint: npm install -g node@24 (in a checkout, after npm ci: npm run halter -- …)\n`,
    );
  }
  process.exitCode = status ?? 1;
} else {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.();
  const { main } = await import("./surfaces/cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
}
