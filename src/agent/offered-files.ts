import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type FileBlock, findFileBlocks } from "../parsers/index.ts";
import type { ItemOf } from "../types/index.ts";
import type { Answer } from "./answer.ts";
import type { TurnContext } from "./turn-context.ts";

/** A block with fewer than this share of a longer file's lines is taken for a part of it. */
const WHOLE_SHARE = 0.5;
/** Files this short are replaced whatever the share (lines). */
const SHORT_FILE = 10;
/** Bytes; larger files are not read, nor do the tools change them. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Whole files that an answer without a call offers in code fences, as `write` calls that are started in the record. Only for profiles
 * that say so: other models show code without meaning to write it.
 */
export async function offeredFiles(context: TurnContext, answer: Answer, step: number): Promise<ItemOf<"tool_call">[]> {
  const { setup, record } = context;
  if (!setup.profile.fileBlocks || answer.finish === "length") return [];
  const full = (name: string): string => path.resolve(setup.workspace, name);
  const isFile = (name: string): boolean => existsSync(full(name)) && statSync(full(name)).isFile();
  const known = { has: isFile, texts: seenTexts(context) };
  const items: ItemOf<"tool_call">[] = [];
  for (const block of findFileBlocks(answer.text, known)) {
    const whole = isWhole(block, known.has(block.path) ? full(block.path) : undefined);
    const item: ItemOf<"tool_call"> = {
      type: "tool_call",
      id: record.nextId(),
      step,
      status: "in_progress",
      call: {
        id: setup.newCallId(),
        name: "write",
        arguments: JSON.stringify({ path: block.path, content: block.content }),
      },
      notation: "file_block",
      repairs: [],
      ...(!whole && {
        malformed: {
          type: "bad_arguments",
          detail: `the block shows only a part of ${block.path}; give the complete text of the file, or call edit`,
        },
      }),
    };
    await record.start(item);
    items.push(item);
  }
  return items;
}

function isWhole(block: FileBlock, existing: string | undefined): boolean {
  if (block.isPartial) return false;
  if (!existing) return true;
  const text = readText(existing);
  // Of a file that cannot be read nothing is known; `write` refuses to replace it and says why.
  if (text === undefined) return true;
  const had = text.trim().split("\n").length;
  return had <= SHORT_FILE || block.content.trim().split("\n").length >= had * WHOLE_SHARE;
}

/** The files that the thread has seen, as they are now, by path relative to the workspace. */
function seenTexts({ setup }: TurnContext): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of setup.seen.keys()) {
    const text = readText(file);
    if (text !== undefined) texts.set(path.relative(setup.workspace, file), text);
  }
  return texts;
}

/** Nothing where a file is gone, is no file any more, is too large, or cannot be read. */
function readText(file: string): string | undefined {
  try {
    return statSync(file).size > LARGEST ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
