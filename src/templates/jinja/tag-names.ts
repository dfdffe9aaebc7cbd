import type { Cursor } from "./cursor.ts";
import type { Token } from "./tokens.ts";

/** Tags that open a block; each ends at its `end…`. */
const BLOCK_TAGS = ["if", "for", "macro", "call", "filter", "set", "with", "generation"] as const;
const SINGLE_TAGS = ["break", "continue", "do", "print"] as const;
const KNOWN: readonly string[] = [...BLOCK_TAGS, ...SINGLE_TAGS, "elif", "else", "raw", ...BLOCK_TAGS.map(endOf)];

/** What people write who come from another language. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["elseif", "elif"],
  ["elsif", "elif"],
  ["foreach", "for"],
  ["let", "set"],
  ["end_generation", "endgeneration"],
]);

/** Tags of Jinja that need other templates, or an environment that no chat template has. */
const FOREIGN: ReadonlySet<string> = new Set(
  "include import from extends block endblock autoescape endautoescape trans endtrans debug".split(" "),
);

/** The name of the tag that ends a block. */
export function endOf(name: string): string {
  return `end${name}`;
}

/** Ends parsing at a tag whose name means nothing, or nothing here. */
export function unknownTag(
  cursor: Cursor,
  token: Token,
  open: { readonly name: string; readonly start: number } | undefined,
): never {
  const name = token.value;
  const pending = open && `"{% ${open.name} %}" of line ${cursor.lineOf(open.start)} is still open`;
  if (FOREIGN.has(name)) {
    cursor.fail(`tag "${name}" cannot be used in a chat template`, token, "a chat template stands alone; write it out");
  }
  if (name === "raw" || name === "endraw") {
    cursor.fail(
      `"${name}" is not written like this`,
      token,
      "{% raw %} takes no + sign, and text ends at {% endraw %}",
    );
  }
  if (KNOWN.includes(name)) {
    const hint = pending
      ? `${pending} and needs "{% ${endOf(open.name)} %}"`
      : "nothing is open here that it could belong to";
    cursor.fail(`unexpected tag "${name}"`, token, hint);
  }
  const near = name === "end" && open ? endOf(open.name) : (MEANT.get(name) ?? nearest(name));
  const hint = near ? `did you mean "${near}"?` : pending;
  cursor.fail(`unknown tag "${name}"`, token, hint);
}

function nearest(name: string): string | undefined {
  const allowed = name.length > 4 ? 2 : 1;
  const near = KNOWN.map((known) => ({ known, distance: distance(name, known, allowed) }));
  return near.filter((each) => each.distance <= allowed).sort((a, b) => a.distance - b.distance)[0]?.known;
}

/** Letters to add, drop or change; letters in another order count as one. A difference in length beyond `allowed` is not counted out. */
function distance(a: string, b: string, allowed: number): number {
  if (Math.abs(a.length - b.length) > allowed) return allowed + 1;
  if (a !== b && [...a].sort().join("") === [...b].sort().join("")) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
