import { conversations } from "../conversations.ts";
import type { Conversation, Rule } from "../rule.ts";
import { call, calling, result, TOOLS, user } from "../words.ts";

const ID = "call_Zq0123456789abcdef012345";
const CALL = [user("ASKZQ please"), calling([call("get_weather_zq", { city_zq: "PARISZQ" }, ID)])];
const UNANSWERED: Conversation = { name: "call with an id as OpenAI makes them", tools: TOOLS, messages: CALL };
const ANSWERED: Conversation = {
  name: "call and result with an id as OpenAI makes them",
  tools: TOOLS,
  messages: [...CALL, result("SUNNYZQ and warm", "get_weather_zq", ID)],
};

export const T09: Rule = {
  id: "T09",
  title: "call ids of any form are taken",
  severity: "error",
  about:
    "Mistral's templates refuse ids that are not nine letters or digits, and Kimi's print the id in the place of the tool's name, so that " +
    "a foreign id makes the model write calls that no parser knows; other versions show it with the result alone. A call with an id as " +
    "OpenAI makes them is rendered.",
  fix: "make ids in the family's form: nine letters and digits for Mistral, `functions.<name>:<index>` for Kimi",
  sources: ["vybestack/llxprt-code #712", "ml-explore/mlx-lm #821", "sgl-project/sglang #21377"],
  needs: [],
  check(subject) {
    if (!subject.caps.toolCalls || subject.render(conversations.called).type === "refused") return [];
    const outcome = subject.render(ANSWERED);
    const fixture = ANSWERED.name;
    if (outcome.type === "refused") return [{ message: `the call id ${ID} is refused: ${outcome.message}`, fixture }];
    const asked = subject.render(UNANSWERED, { generate: "absent" });
    if (asked.type === "refused" || !asked.text.includes("PARISZQ")) return [];
    const isShown = asked.text.includes(ID);
    if (isShown && !asked.text.slice(asked.text.indexOf("ASKZQ")).includes("get_weather_zq")) {
      return [{ message: "a call shows its id in the place of the tool's name", fixture }];
    }
    if (isShown || !outcome.text.includes(ID)) return [];
    return [{ message: "a result names its call by an id that the call does not show", fixture }];
  },
};
