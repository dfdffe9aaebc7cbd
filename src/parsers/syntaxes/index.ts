import type { SyntaxName } from "../../types/index.ts";
import type { Syntax } from "../opening.ts";
import { argKey } from "./arg-key.ts";
import { functionXml } from "./function-xml.ts";
import { json } from "./json.ts";

/** Every notation a call may be written in. */
export const syntaxes: Readonly<Record<SyntaxName, Syntax>> = {
  json,
  "function-xml": functionXml,
  "arg-key": argKey,
};
