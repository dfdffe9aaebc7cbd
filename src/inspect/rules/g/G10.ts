import type { RenderValue } from "../../../templates/index.ts";
import { conversations } from "../conversations.ts";
import type { Conversation, Finding, Rule, ServerView } from "../rule.ts";
import { TOOLS } from "../words.ts";
import { toolsOf } from "./schemas.ts";

export const G10: Rule = {
  id: "G10",
  title: "the server can make a parser and a grammar for the tools",
  severity: "error",
  about:
    "A template that the server cannot learn, or one bad schema among many, ends every request with tools. The server is asked with all " +
    "tools; where it refuses, without any and with each alone, to tell whose fault it is.",
  fix: "leave out the tool that is named, or give the template of the model's maker",
  sources: ["llama.cpp #15186"],
  needs: ["server"],
  async check({ server, tools = TOOLS }) {
    const refusal = await server!.tryTools(offering(tools));
    if (refusal === undefined) return [];
    const plain = await server!.tryTools(conversations.plain);
    if (plain !== undefined) return [{ message: `the server refuses this template even without tools: ${plain}` }];
    const findings: Finding[] = [];
    for (const tool of tools) findings.push(...(await tryOne(server!, tool)));
    return findings.length > 0 ? findings : [{ message: `the server refuses these tools together: ${refusal}` }];
  },
};

async function tryOne(server: ServerView, tool: RenderValue): Promise<readonly Finding[]> {
  const refusal = await server.tryTools(offering([tool]));
  return refusal === undefined ? [] : [{ message: `the server refuses ${toolsOf([tool])[0]!.name}: ${refusal}` }];
}

function offering(tools: readonly RenderValue[]): Conversation {
  return { ...conversations.plain, name: `${tools.length} tools`, tools };
}
