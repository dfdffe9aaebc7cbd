import type { ParameterSchema, Repair, SyntaxData } from "../../types/index.ts";
import { BareKeysReader } from "../bare-keys/reader.ts";
import { readBareKeys } from "../bare-keys/values.ts";
import { judgeCall } from "../calls/json-call.ts";
import { nearestTool } from "../calls/names.ts";
import { literalAt, nameEnd } from "../look.ts";
import type { Body, Setting, Syntax } from "../opening.ts";

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
      return { type: "body", body: new BareKeysBody(text.slice(start, end), end - at, quote, setting) };
    },
  };
}

class BareKeysBody implements Body {
  private skip: number;
  private readonly head: number;
  private readonly name: string;
  private readonly quote: string;
  private readonly setting: Setting;
  private readonly reader: BareKeysReader;

  /** `head`: length of what stands before the braces. */
  constructor(name: string, head: number, quote: string, setting: Setting) {
    this.name = name;
    this.skip = head;
    this.head = head;
    this.quote = quote;
    this.setting = setting;
    this.reader = new BareKeysReader(quote, setting.around);
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    const at = from + this.skip;
    this.skip = 0;
    return this.reader.read(text, at, final);
  }

  judge(text: string, ending: Parameters<Body["judge"]>[1]): ReturnType<Body["judge"]> {
    const { name, setting } = this;
    const raw = text.slice(this.head).trimEnd();
    const schema: ParameterSchema = nearestTool(name, setting.tools)?.parameters ?? {};
    const read = readBareKeys(raw, { quote: this.quote, markers: setting.around, schema });
    const repairs: readonly Repair[] = read?.repairs ?? [];
    return judgeCall({ name, arguments: read?.json ?? raw, repairs, isDefinition: false }, text, ending, setting);
  }
}
