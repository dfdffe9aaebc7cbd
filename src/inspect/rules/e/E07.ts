import type { Rule } from "../rule.ts";

/** Builds of llama-server, both ends included, and what is known of them. */
const BUILDS: readonly { readonly from: number; readonly to: number; readonly what: string }[] = [
  { from: 0, to: 10_255, what: "is older than any build whose prompts were compared with ours" },
  {
    from: 10_256,
    to: 10_573,
    what: "ends as a whole when a template calls a macro from itself without end, or nests parentheses deeply",
  },
  {
    from: 10_587,
    to: 10_587,
    what: "may answer 500 (Unexpected empty grammar stack) when the model calls a tool that does not exist",
  },
];

export const E07: Rule = {
  id: "E07",
  title: "nothing bad is known of the server's build",
  severity: "info",
  about:
    "Some faults belong to a build and not to a template. The build that the server names is looked up in a table of what was measured " +
    "or reported.",
  fix: "use a newer build of llama.cpp",
  sources: ["llama.cpp #27619"],
  needs: ["server"],
  check({ server }) {
    const build = Number(/\bb?(\d{4,6})\b/.exec(server?.build ?? "")?.[1]);
    return BUILDS.filter(({ from, to }) => build >= from && build <= to).map(({ what }) => ({
      message: `build ${build} ${what}`,
    }));
  },
};
