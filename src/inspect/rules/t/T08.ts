import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const T08: Rule = {
  id: "T08",
  title: "whether results of parallel calls can be told apart",
  severity: "info",
  about:
    "Most templates print no call ids, so results belong to calls by their order alone: a harness that sends them in another order gives " +
    "the model wrong facts. Two results of one tool are rendered in both orders; only their texts then change places.",
  fix: "send results in the order of the calls",
  sources: [],
  needs: [],
  check(subject) {
    const inOrder = textOf(subject.render(conversations.parallel));
    const swapped = textOf(subject.render(conversations.parallelSwapped));
    if (!inOrder.includes("SUNNYZQ") || !inOrder.includes("RAINYZQ") || inOrder === swapped) return [];
    if (exchanged(inOrder) !== swapped) return [];
    return [{ message: "results belong to calls by their order only", fixture: conversations.parallelSwapped.name }];
  },
};

const exchanged = (text: string) =>
  text.replaceAll(/SUNNYZQ and warm|RAINYZQ and cold/g, (words) =>
    words === "SUNNYZQ and warm" ? "RAINYZQ and cold" : "SUNNYZQ and warm",
  );
