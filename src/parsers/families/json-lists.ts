import type { ParserSpec } from "../../types/index.ts";
import { thinkTag, toolCallTag } from "./markers.ts";

/** Families that differ in one pair of literals around a JSON list of calls. */
const listFamily = (id: string, open: string, close?: string): ParserSpec => ({
  id,
  thinking: thinkTag,
  calls: [{ open, ...(close !== undefined && { close }), syntaxes: ["json"] }],
  markers: [],
  textCalls: true,
});

/** Jamba 1.5 and later. */
export const jamba = listFamily("jamba-json", "<tool_calls>", "</tool_calls>");

/** Nemotron Nano v2. */
export const nemotronV2 = listFamily("nemotron-toolcall-json", "<TOOLCALL>", "</TOOLCALL>");

/** Phi-4-mini. */
export const phi4 = listFamily("phi4-functools", "functools");

/** FireFunction v2. */
export const firefunction = listFamily("firefunction-json", "functools");

/** xLAM: the list alone, also in a code fence or behind markers of other families. */
export const xlam: ParserSpec = {
  id: "xlam-json",
  thinking: thinkTag,
  calls: [
    { open: "[", close: "]", weak: true, syntaxes: ["json"] },
    { open: "```json", weak: true, syntaxes: ["json"] },
    toolCallTag("json"),
    { open: "[TOOL_CALLS]", syntaxes: ["json"] },
  ],
  markers: [],
  textCalls: true,
};
