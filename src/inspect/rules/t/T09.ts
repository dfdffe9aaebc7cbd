import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { between } from "../places.ts";
import type { Conversation, Rule } from "../rule.ts";
import { call, calling, result, TOOLS, user } from "../words.ts";

const ID = "call_Zq0123456789abcdef012345";
const FOREIGN_ID = shownWith("call id as OpenAI makes them", ID);
/** Two ids that have nothing to do with each other tell where each of the two is printed. */
const RESULT_ID = "call_Zr0123456789abcdef012345";
const TWO_IDS = shownWith("call and result with different ids", RESULT_ID);

export const T09: Rule = {
  id: "T09",
  title: "call ids of any form are taken",
  severity: "error",
  about:
    "Mistral's templates refuse ids that are not nine letters or digits, and Kimi's print the id in the place of the tool's name, so that " +
    "a foreign id makes the model write calls that no parser knows; other versions show it with the result alone. A call with an id as " +
    "OpenAI makes them is rendered.",
  fix: "make ids in the family's form: nine letters and digits for Mistral, `functions.<name>:<index>` for Kimi",
  sources: ["llxprt-code #712", "mlx-lm #821", "sglang #21377"],
  needs: [],
  check(subject) {
    if (!textOf(subject.render(conversations.called)).includes("PARISZQ")) return [];
    const outcome = subject.render(FOREIGN_ID);
    const fixture = FOREIGN_ID.name;
    if (outcome.type === "refused") return [{ message: `the call id ${ID} is refused: ${outcome.message}`, fixture }];
    const shown = between(outcome.text, "ASKZQ", "PARISZQ");
    if (shown?.includes(ID) && !shown.includes("get_weather_zq")) {
      return [{ message: "a call shows its id in the place of the tool's name", fixture }];
    }
    const apart = textOf(subject.render(TWO_IDS));
    if (!apart.includes(RESULT_ID) || apart.includes(ID)) return [];
    return [{ message: "a result names its call by an id that the call does not show", fixture: TWO_IDS.name }];
  },
};

function shownWith(name: string, resultId: string): Conversation {
  const messages = [
    user("ASKZQ please"),
    calling([call("get_weather_zq", { city_zq: "PARISZQ" }, ID)]),
    result("SUNNYZQ and warm", "get_weather_zq", resultId),
  ];
  return { name, tools: TOOLS, messages };
}
