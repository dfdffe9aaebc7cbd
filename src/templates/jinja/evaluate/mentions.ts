import type { Block } from "../ast.ts";

/** Whether the name stands as a variable anywhere in the block. */
export function mentions(block: Block, name: string): boolean {
  const waiting: unknown[] = [block];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== "object" || node === null) continue;
    if ("type" in node && node.type === "name" && "name" in node && node.name === name) return true;
    for (const part of Object.values(node)) waiting.push(part);
  }
  return false;
}
