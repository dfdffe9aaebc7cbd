import { firstDifference } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { assistant, call, calling, result, user } from "../words.ts";

function speaking(name: string, word: string): Conversation {
  return {
    name,
    messages: [
      user(`${word} ASKZQ ${word}`),
      calling([call("get_weather_zq", { city_zq: word })], { content: `<think>\n${word}\n</think>\n\n${word}` }),
      result(`${word} SUNNYZQ ${word}`, "get_weather_zq"),
      assistant(`<think>${word}</think>${word}`),
      user(word),
    ],
  };
}

const ASCII = speaking("ASCII text", "plain");
const WIDE = speaking("emoji and Chinese", "😀é漢字");

export const P09: Rule = {
  id: "P09",
  title: "content is not counted in characters",
  severity: "warning",
  about:
    "Lengths and slices of text count bytes in llama.cpp, characters in Jinja2 and UTF-16 units in JavaScript: cut text differs, or ends in " +
    "half a character, as soon as it is not ASCII. The same conversation in ASCII and in emoji and Chinese goes through both engines.",
  fix: "cut with split, startswith and replace instead of length and slices",
  sources: [],
  needs: [],
  check(subject) {
    const [plain, wide] = [ASCII, WIDE].map((conversation) =>
      (["transformers", "llama.cpp"] as const).map((mode) => subject.render(conversation, { mode })),
    );
    const [expected, got] = wide!;
    if (plain!.some(({ type }) => type === "refused") || expected!.type === "refused") return [];
    if (firstDifference(textIn(plain![0]!), textIn(plain![1]!))) return [];
    const difference = firstDifference(textIn(expected!), textIn(got!));
    if (!difference) return [];
    return [
      {
        message: "text that is not ASCII renders otherwise in llama.cpp than in transformers",
        fixture: WIDE.name,
        difference,
      },
    ];
  },
};

const textIn = (outcome: { readonly type: string; readonly text?: string; readonly message?: string }) =>
  outcome.text ?? `refused: ${outcome.message}`;
