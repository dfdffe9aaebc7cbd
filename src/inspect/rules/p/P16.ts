import { mergeCaps, type TemplateCaps } from "../../../templates/index.ts";
import type { Rule } from "../rule.ts";

export const P16: Rule = {
  id: "P16",
  title: "the server sees in the template what we see",
  severity: "warning",
  about:
    "What a template can take decides how the server rewrites messages before it renders. Our probes are compared with what the server " +
    "says of itself; where they disagree our renders differ from its own.",
  fix: "let the server render (--wire chat), and report the template",
  sources: [],
  needs: ["server"],
  check({ caps, server }) {
    const merged = mergeCaps(caps, server?.caps);
    const names = (Object.keys(caps) as (keyof TemplateCaps)[]).filter((name) => merged[name] !== caps[name]);
    return names.map((name) => ({
      message: `${name}: the server says ${merged[name] ? "yes" : "no"}, our probe says ${caps[name] ? "yes" : "no"}`,
    }));
  },
};
