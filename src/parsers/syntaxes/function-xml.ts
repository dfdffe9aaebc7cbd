import { judgeArguments } from "../calls/json-call.ts";
import { judgeTaggedCall } from "../calls/tagged-call.ts";
import { UNCLOSED_TEXT } from "../json/strings.ts";
import { anyLiteralAt, isBlank, literalAt, skipSpace } from "../look.ts";
import type { Body, Ending, Setting, Syntax, Verdict } from "../opening.ts";

const OPEN = "<function=";
const CLOSE = "</function>";
const PARAMETER = "<parameter=";
const PARAMETER_CLOSE = "</parameter>";

/** What may follow the end of a value, and of a call; a closer before anything else is part of the value. */
const AFTER_VALUE = [PARAMETER, CLOSE, "</tool_call>", OPEN, "<tool_call>"];
const AFTER_CALL = ["</tool_call>", OPEN, "<tool_call>"];

/** The longest name of a tool or a parameter, in characters. */
const NAME_LIMIT = 200;

/** `<function=NAME><parameter=KEY>value</parameter></function>`; values are raw text and may contain tags. */
export const functionXml: Syntax = {
  firsts: "<",
  start(text, at, setting) {
    const look = literalAt(text, at, OPEN);
    if (look !== "yes") return { type: look === "more" ? "more" : "none" };
    return { type: "body", body: new FunctionXmlBody(setting) };
  },
};

class FunctionXmlBody implements Body {
  private state: "open" | "name" | "between" | "key" | "value" = "open";
  private name = "";
  private key = "";
  private pieces: string[] = [];
  /** Nothing but white space has come since the value's last line break. */
  private lineStart = false;
  /** Text outside parameters: models put the arguments there as JSON. */
  private readonly loose: string[] = [];
  private hasLoose = false;
  /** The tag is followed by words: it is talked about. */
  private isProse = false;
  private readonly values: (readonly [string, string])[] = [];
  private missingClosers = 0;
  private readonly setting: Setting;

  constructor(setting: Setting) {
    this.setting = setting;
  }

  read(text: string, from: number, final: boolean): { readonly at: number; readonly done: boolean } {
    let at = from;
    if (this.state === "open") {
      at += OPEN.length;
      this.state = "name";
    }
    while (at < text.length) {
      const step = this.step(text, at, final);
      if (step === "more") return { at, done: false };
      if (step.done) return { at: step.at, done: true };
      at = step.at;
    }
    return { at, done: false };
  }

  judge(_text: string, ending: Ending): Verdict {
    const isUnclosed = this.state === "value";
    if (isUnclosed) this.endValue(true);
    const loose = this.loose.join("").trim();
    const { name, values, setting } = this;
    if (this.isProse && setting.notation !== "native") return { type: "text", reason: "words follow the tag" };
    if (values.length === 0 && loose.startsWith("{")) {
      return judgeArguments(name.trim(), loose, ending, setting);
    }
    const missing = this.missingClosers + (ending === "open" ? 1 : 0);
    const repairs = missing > 0 ? [{ name: "missing_closer", before: "", after: PARAMETER_CLOSE.repeat(missing) }] : [];
    if (isUnclosed) repairs.push({ name: UNCLOSED_TEXT, before: "", after: "" });
    return judgeTaggedCall({ name: name.trim(), values, repairs }, ending, setting);
  }

  private step(text: string, at: number, final: boolean): "more" | { readonly at: number; readonly done: boolean } {
    switch (this.state) {
      case "name":
      case "key":
        return { at: this.readName(text, at), done: false };
      case "value":
        return this.readValue(text, at, final);
      default:
        return this.readBetween(text, at, final);
    }
  }

  private readName(text: string, from: number): number {
    const isName = this.state === "name";
    let at = from;
    const read = isName ? this.name : this.key;
    while (at < text.length && !">\n<".includes(text.charAt(at)) && read.length + at - from < NAME_LIMIT) at++;
    if (isName) this.name += text.slice(from, at);
    else this.key += text.slice(from, at);
    if (at === text.length) return at;
    this.state = isName ? "between" : "value";
    this.lineStart = text.charAt(at) === "\n";
    return text.charAt(at) === ">" ? at + 1 : at;
  }

  private readBetween(text: string, from: number, final: boolean): "more" | { at: number; done: boolean } {
    let at = from;
    while (at < text.length && text.charAt(at) !== "<") {
      if (!this.hasLoose && this.values.length === 0 && !isBlank(text, at)) {
        this.hasLoose = true;
        this.isProse = text.charAt(at) !== "{";
        if (this.isProse) return { at, done: true };
      }
      at++;
    }
    this.loose.push(text.slice(from, at));
    if (at === text.length) return { at, done: false };
    const found = anyLiteralAt(text, at, [...AFTER_VALUE, PARAMETER_CLOSE]);
    if (found === "more" && !final) return at > from ? { at, done: false } : "more";
    if (found === CLOSE) return { at: at + CLOSE.length, done: true };
    if (found === PARAMETER) {
      this.state = "key";
      this.key = "";
      return { at: at + PARAMETER.length, done: false };
    }
    if (found === PARAMETER_CLOSE) return { at: at + PARAMETER_CLOSE.length, done: false };
    if (found !== undefined && found !== "more") return { at, done: true };
    this.loose.push("<");
    return { at: at + 1, done: false };
  }

  private readValue(text: string, from: number, final: boolean): "more" | { at: number; done: boolean } {
    let at = from;
    while (at < text.length && text.charAt(at) !== "<") at++;
    this.take(text.slice(from, at));
    if (at > from) return { at, done: false };
    const end = this.valueEnd(text, at, final);
    if (end === "more") return "more";
    if (end === undefined) {
      this.take("<");
      return { at: at + 1, done: false };
    }
    this.endValue(end === at);
    return { at: end, done: false };
  }

  private take(piece: string): void {
    this.pieces.push(piece);
    for (let at = piece.length - 1; at >= 0; at--) {
      if (isBlank(piece, at) && piece.charAt(at) !== "\n") continue;
      this.lineStart = piece.charAt(at) === "\n";
      return;
    }
  }

  /** Where the value ends if it does at this `<`: after its closer, or here where the closer was forgotten. */
  private valueEnd(text: string, at: number, final: boolean): number | "more" | undefined {
    const found = anyLiteralAt(text, at, [PARAMETER_CLOSE, ...AFTER_VALUE]);
    if (found === undefined) return undefined;
    if (found === "more") return final ? undefined : "more";
    const end = at + found.length;
    if (found === PARAMETER_CLOSE) return mapFollowed(followedBy(text, end, AFTER_VALUE, final), end);
    if (found === PARAMETER) return this.lineStart ? this.declaredKeyAt(text, at, end, final) : undefined;
    if (found === CLOSE) return mapFollowed(followedBy(text, end, AFTER_CALL, final), at);
    if (found === "</tool_call>") return mapFollowed(followedBy(text, end, ["<tool_call>"], final), at);
    return undefined;
  }

  /** A parameter that begins a line inside a value is the next one, closer forgotten, when the tool declares it. */
  private declaredKeyAt(text: string, at: number, nameAt: number, final: boolean): number | "more" | undefined {
    const close = text.slice(nameAt, nameAt + NAME_LIMIT).search(/[>\n]/);
    if (close < 0) return final || text.length - nameAt >= NAME_LIMIT ? undefined : "more";
    const tool = this.setting.tools.find((candidate) => candidate.name === this.name.trim());
    const properties = tool?.parameters.properties;
    return !properties || Object.hasOwn(properties, text.slice(nameAt, nameAt + close)) ? at : undefined;
  }

  private endValue(closerMissing: boolean): void {
    const raw = this.pieces
      .join("")
      .replace(/^\r?\n/, "")
      .replace(/\r?\n$/, "");
    this.values.push([this.key.trim(), raw]);
    this.pieces = [];
    this.state = "between";
    if (closerMissing) this.missingClosers++;
  }
}

const mapFollowed = (followed: boolean | "more", end: number): number | "more" | undefined =>
  followed === "more" ? "more" : followed ? end : undefined;

/** Whether white space and then one of `literals`, or the end of the answer, follows. */
function followedBy(text: string, from: number, literals: readonly string[], final: boolean): boolean | "more" {
  const at = skipSpace(text, from);
  if (at >= text.length) return final ? true : "more";
  const found = anyLiteralAt(text, at, literals);
  return found === "more" ? !final && "more" : found !== undefined;
}
