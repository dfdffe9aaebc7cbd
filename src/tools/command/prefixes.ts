import path from "node:path";

/** What joins commands; each part must be allowed by itself. */
const JOINTS = /&&|\|\||[;|\n]/;
/** What could run or write something that the text before it does not show: substitution, redirection, background. */
const HIDDEN = /[&`$<>()\\]/;

/**
 * Whether a command line may run where there is no sandbox: it is an allowed prefix itself, or every part of it
 * is one, alone or with plain arguments. Joints inside quotes count too, so that a line is refused rather than misread.
 */
export function isAllowed(command: string, prefixes: readonly string[], workspace: string): boolean {
  const line = command.trim();
  if (prefixes.includes(line)) return true;
  const parts = line.split(JOINTS).map((part) => part.trim());
  // Small models often begin with a change into the folder they are in.
  if (parts.length > 1 && staysHere(parts[0]!, workspace) && /^cd\s[^;|\n]*&&/.test(line)) parts.shift();
  return parts.every((part) => prefixes.some((prefix) => startsWith(part, prefix)));
}

function startsWith(part: string, prefix: string): boolean {
  if (prefix.trim() === "") return false;
  if (part === prefix) return true;
  return part.startsWith(prefix) && /^\s/.test(part.slice(prefix.length)) && !HIDDEN.test(part.slice(prefix.length));
}

function staysHere(part: string, workspace: string): boolean {
  const folder = /^cd\s+(["']?)([\w./-]+)\1$/.exec(part)?.[2];
  return folder !== undefined && path.resolve(workspace, folder) === workspace;
}
