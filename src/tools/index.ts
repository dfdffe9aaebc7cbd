import { readFileSync } from "node:fs";
import type { Tool } from "../types/index.ts";
import type { ToolDefinition } from "./definition.ts";
import { edit } from "./edit.ts";
import { find } from "./find.ts";
import { grep } from "./grep.ts";
import { read } from "./read.ts";
import { shell } from "./shell.ts";
import { todo } from "./todo.ts";
import { write } from "./write.ts";

export { attachNamed } from "./attach.ts";
export { type CommandRunner, type CommandRunnerOptions, createCommandRunner } from "./command/runner.ts";
export { firstFiles } from "./walk.ts";

/** Every tool, in the order the model is told of them. */
const DEFINITIONS: readonly ToolDefinition[] = [read, write, edit, find, grep, shell, todo];

/** The tools with the prose that the model reads. Reads seven small files. */
export function createTools(): readonly Tool[] {
  return DEFINITIONS.map(({ name, parameters, readOnly, run }) => {
    const description = readFileSync(new URL(`./${name}.md`, import.meta.url), "utf8").trim();
    return { spec: { name, description, parameters }, readOnly, run };
  });
}
