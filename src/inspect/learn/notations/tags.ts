import type { SyntaxData, TagsSpec } from "../../../types/index.ts";
import { behind, between, commonEnd, commonStart, pieces } from "../edges.ts";
import { MARKED, NUMBER, type Probes } from "../probes.ts";
import { WORDS } from "../words.ts";
import type { Recognise } from "./notation.ts";

const { name, otherName, key, otherKey, value, otherValue } = WORDS;

/** Name, keys and values between literals, the values as raw text. */
export const recogniseTags: Recognise = (probes) => {
  const cuts = cutsOf(probes);
  if (!cuts) return undefined;
  const { beforeName, afterName, afterKey, afterValue, afterCall, betweenCalls } = cuts;
  const nested = afterValue.includes(key);
  const keyOpen = pieces(commonEnd(afterName, cuts.beforeOtherKey)).at(-1) ?? "";
  const valueClose = nested ? before(afterValue, key).trim() : (pieces(commonStart(afterValue, afterCall))[0] ?? "");
  if (keyOpen === "" || valueClose === "") return undefined;

  const closing = (text: string): string => {
    const rest = text.slice(text.indexOf(valueClose) + valueClose.length);
    return nested ? rest.slice(rest.indexOf(">") + 1) : rest;
  };
  const shared =
    betweenCalls === undefined ? closing(afterCall) : commonStart(closing(afterCall), closing(betweenCalls));
  const closers = pieces(shared);
  const opening = betweenCalls === undefined ? beforeName : commonEnd(beforeName, betweenCalls);
  const nameOpen = openTag(pieces(opening).at(-1) ?? "");
  const close = closers[0] ?? "";
  if (close === "") return undefined;

  const keyTag = tagOf(afterKey);
  const syntax: SyntaxData<"tags"> = {
    type: "tags",
    name: { open: nameOpen, ...tagOf(afterName.slice(0, afterName.lastIndexOf(keyOpen))).tag },
    key: { open: keyOpen, ...(nested ? { close: pieces(afterKey)[0] ?? "" } : keyTag.tag) },
    value: {
      open: nested ? "" : keyTag.value,
      close: valueClose,
      lines: /\n\s*$/.test(afterKey) && /^\s*\n/.test(afterValue),
      ...quotesOf(afterKey, probes),
    },
    close,
    ...flagsOf(keyTag.attributes, probes),
    nested,
  };
  const isOwnClose = nameOpen === "" ? 0 : close.length;
  const cutOpen = (text: string) => text.slice(0, nameOpen === "" ? text.length : text.lastIndexOf(nameOpen));
  const cutClose = (text: string) => closing(text).slice(closing(text).indexOf(close) + isOwnClose);
  return {
    syntax,
    around: {
      pre: cutOpen(beforeName),
      mid: betweenCalls === undefined ? undefined : cutOpen(cutClose(betweenCalls)),
      post: cutClose(afterCall),
    },
  };
};

/** The markup between the words of the probes. */
function cutsOf(probes: Probes) {
  const { one, pair, two } = probes;
  const call = one.slice(one.lastIndexOf(name));
  const [afterName, afterKey] = [between(call, name, key), between(call, key, value)];
  const afterValue = pair && between(pair, value, otherKey);
  if (afterName === undefined || afterKey === undefined || afterValue === undefined) return undefined;
  const second = two?.slice(two.indexOf(value));
  const secondCall = second?.slice(0, second.lastIndexOf(otherName, second.indexOf(otherValue)));
  return {
    beforeName: one.slice(0, one.lastIndexOf(name)),
    afterName,
    afterKey,
    afterValue,
    beforeOtherKey: afterValue,
    afterCall: behind(pair!, otherValue),
    betweenCalls: secondCall?.slice(value.length),
  };
}

const before = (text: string, word: string): string => text.slice(0, text.indexOf(word));

/** The last marker of an opening where it is still open: the name is part of it. */
const openTag = (piece: string): string => (/[>\]]$/.test(piece) ? "" : piece);

/** How the tag that holds a name goes on behind the name, and which tag of its own the value has. */
function tagOf(markup: string): { tag: Omit<TagsSpec["name"], "open">; attributes: string; value: string } {
  const text = markup.trim();
  const quoted = /^(["'])((?:\s+[\w-]+=["'][^"']*["'])*)\s*(\S[\s\S]*)$/.exec(text);
  if (quoted) return { tag: { close: quoted[1]!, end: quoted[3]! }, attributes: quoted[2]!.trim(), value: "" };
  const [close = "", value = ""] = pieces(text);
  return { tag: { close }, attributes: "", value };
}

/** What a value that looks like markup is put into, and others are not. */
function quotesOf(afterKey: string, { marked }: Probes): Pick<TagsSpec["value"], "quotes"> {
  const opened = marked && between(marked, key, MARKED);
  if (!opened?.startsWith(afterKey) || opened === afterKey) return {};
  const open = opened.slice(afterKey.length);
  const close = /^\S*?(?=<)/.exec(behind(marked!, MARKED))?.[0];
  return close ? { quotes: { open, close } } : {};
}

/** What says that a value is text: an attribute that a number does not have. Without one, what reads as JSON is JSON. */
function flagsOf(attributes: string, { number }: Probes): Pick<TagsSpec, "textFlags" | "untyped"> {
  const other = number && between(number, NUMBER.key, String(NUMBER.value));
  const isFlag = attributes !== "" && other !== undefined && !other.includes(attributes);
  return { textFlags: isFlag ? [attributes] : [], untyped: "json" };
}
