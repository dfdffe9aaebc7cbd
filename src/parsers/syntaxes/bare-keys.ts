import type { ParameterSchema, SyntaxData } from "../../types/index.ts";
import { BareKeysReader } from "../bare-keys/reader.ts";
import { readBareKeys } from "../bare-keys/values.ts";
import { bodyOf } from "../body.ts";
import { judgeCall } from "../calls/json-call.ts";
import { nearestTool } from "../calls/names.ts";
import { literalAt, nameEnd } from "../look.ts";
import type { Syntax } from "../opening.ts";

/** `call:NAME{key:<q>text<q>,other:{a:[1,true]}}`, with a literal of the family's own around strings. */
export function bareKeysSyntax({ prefix, quote }: Omit<SyntaxData<"bare-keys">, "type">): Syntax {
  return {
    starts: [prefix],
    start(text, at, setting) {
      const look = literalAt(text, at, prefix);
      if (look !== "yes") return { type: look === "more" ? "more" : "none" };
      const start = at + prefix.length;
      const end = nameEnd(text, start);
      if (end === text.length) return { type: "more" };
      if (end === start || text.charAt(end) !== "{") return { type: "none" };
      const name = text.slice(start, end);
      const body = bodyOf(new BareKeysReader(quote, setting.around), (object, ending) => {
        const raw = object.trimEnd();
        const schema: ParameterSchema = nearestTool(name, setting.tools)?.parameters ?? {};
        const read = readBareKeys(raw, { quote, markers: setting.around, schema });
        const found = { name, arguments: read?.json ?? raw, repairs: read?.repairs ?? [], isDefinition: false };
        return judgeCall(found, object, ending, setting);
      });
      return { type: "body", end, body };
    },
  };
}
