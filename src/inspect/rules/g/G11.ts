import type { Finding, Rule } from "../rule.ts";
import { at, fieldsOf, schemasOf, toolsOf } from "./schemas.ts";

/** What servers, parsers and OpenAI's clients all take. */
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const PARAMETER_NAME = /^[A-Za-z0-9_.$-]{1,64}$/;

export const G11: Rule = {
  id: "G11",
  title: "names of tools and parameters are plain",
  severity: "warning",
  about:
    "Formats write names between markers such as : and </, and some servers take letters, digits, _ and - only; a name with anything else " +
    "cannot be read back from the model's output. Names are held to that, and tools to one name each.",
  fix: "rename the tool or parameter, and give each tool a name of its own",
  sources: [],
  needs: ["tools"],
  check({ tools }) {
    const names = toolsOf(tools).map(({ name }) => name);
    const wrong = names.filter((name) => !TOOL_NAME.test(name));
    const twice = [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
    const parameters = schemasOf(tools).flatMap((node): Finding[] => {
      const odd = Object.keys(fieldsOf(node.schema.properties) ?? {}).filter((name) => !PARAMETER_NAME.test(name));
      return odd.map((name) => at(node, `${JSON.stringify(name)} is no plain name of a parameter`));
    });
    return [
      ...wrong.map((name) => ({ message: `${JSON.stringify(name)} is no plain name of a tool` })),
      ...twice.map((name) => ({ message: `two tools are named ${name}`, severity: "error" as const })),
      ...parameters,
    ];
  },
};
