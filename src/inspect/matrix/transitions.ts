import type { RenderValue } from "../../templates/index.ts";
import type { Conversation, LooseMessage } from "../rules/rule.ts";
import { assistant, call, calling, result, tool, user } from "../rules/words.ts";

/** One step of a session: the prompt that is in the server's cache, and the next one. */
export interface Transition {
  readonly id: string;
  /** What happens between the two prompts. */
  readonly about: string;
  /** False where the client sends earlier reasoning back. */
  readonly forgets: boolean;
  readonly before: Conversation;
  readonly after: Conversation;
}

const READ = tool("read_file", "Read a file of the project.", {
  path: { type: "string", description: "Path of the file" },
});
const TOOLS: readonly RenderValue[] = [READ];

const QUESTION = user("Which port does the server listen on?");
const THANKS = user("And where is that number set?");
const ANSWER = "It listens on port 8080.";

/** A conversation that has got as far as each transition needs; reasoning stands in it where `thinks`. */
function stages(thinks: boolean) {
  const reasoning = (text: string): LooseMessage => (thinks ? { reasoning_content: text } : {});
  const answer = assistant(ANSWER, reasoning("The file names the port, so the answer is clear now."));
  const first = [
    calling([call("read_file", { path: "src/server.ts" }, "call00001")], {
      content: "",
      ...reasoning("The port is most likely set in the server's own file."),
    }),
    result("import { port } from './settings.ts';", "read_file", "call00001"),
  ];
  const second = [
    calling([call("read_file", { path: "src/settings.ts" }, "call00002")], {
      content: "",
      ...reasoning("The number comes from the settings, which have to be read next."),
    }),
    result("export const port = 8080;", "read_file", "call00002"),
  ];
  return {
    asked: [QUESTION],
    chatted: [QUESTION, answer, THANKS],
    called: [QUESTION, ...first],
    calledTwice: [QUESTION, ...first, ...second],
    askedAgain: [QUESTION, ...first, ...second, answer, THANKS],
  };
}

type Stage = keyof ReturnType<typeof stages>;

const STEPS: readonly (Pick<Transition, "id" | "about" | "forgets"> & {
  readonly from: Stage;
  readonly to: Stage;
  readonly tools: boolean;
})[] = [
  {
    id: "P1",
    about: "an answer in words, then the next user message",
    forgets: false,
    from: "asked",
    to: "chatted",
    tools: false,
  },
  { id: "P2", about: "the first tool call and its result", forgets: false, from: "asked", to: "called", tools: true },
  { id: "P3", about: "the next call in the same loop", forgets: false, from: "called", to: "calledTwice", tools: true },
  {
    id: "P4",
    about: "a new user message after the loop",
    forgets: false,
    from: "calledTwice",
    to: "askedAgain",
    tools: true,
  },
  {
    id: "P5",
    about: "as P3, the client leaves earlier reasoning out",
    forgets: true,
    from: "called",
    to: "calledTwice",
    tools: true,
  },
  {
    id: "P6",
    about: "as P4, the client leaves earlier reasoning out",
    forgets: true,
    from: "calledTwice",
    to: "askedAgain",
    tools: true,
  },
];

/** The six steps of a session, for a model that thinks or one that does not. Each call makes conversations of its own. */
export function transitions(thinks: boolean, kwargs: Readonly<Record<string, RenderValue>>): readonly Transition[] {
  return STEPS.map(({ from, to, tools, ...step }) => {
    const reached = stages(thinks && !step.forgets);
    const conversation = (stage: Stage): Conversation => ({
      name: `${step.id} ${stage}`,
      messages: reached[stage],
      ...(tools && { tools: TOOLS }),
      kwargs,
    });
    return { ...step, before: conversation(from), after: conversation(to) };
  });
}
