import { Option } from "commander";
import type { DefineCommand } from "../define-command.ts";
import { addPlace, type RenderFlags } from "./flags.ts";

const EXAMPLES = `
Messages are a JSON list in OpenAI's form, or a request body with messages, tools and chat_template_kwargs. Without them a
probing conversation of halter's own is rendered: a question, a call and its result, in words that no template holds (PARISZQ),
so that each can be found again in the prompt.

Examples:
  halter template render chat_template.jinja --parts
  halter template render model.gguf --messages chat.json --kwargs '{"enable_thinking": false}'
  halter template render --server http://127.0.0.1:8080 --messages - < request.json
  halter template render chat_template.jinja --mode transformers --raw`;

/** `halter template render`: shows the prompt that a template makes. */
export const defineRender: DefineCommand = (program, settings) => {
  addPlace(program.command("render"))
    .description("show the prompt that a template makes of a conversation")
    .optionsGroup("What is rendered:")
    .option("--messages <file>", "the conversation; `-` reads stdin")
    .option("--tools <file>", "JSON of the tools that are offered")
    .option("--kwargs <json>", "template variables, e.g. '{\"enable_thinking\": false}'")
    .option("--no-generation-prompt", "leave out the opening of the answer")
    .optionsGroup("How:")
    .addOption(
      new Option("--mode <mode>", "whose rules hold").choices(["llama.cpp", "transformers"]).default("llama.cpp"),
    )
    .addOption(new Option("--engine <engine>", "hf: @huggingface/jinja").choices(["own", "hf"]).default("own"))
    .option("--raw", "without the rewrites that llama-server makes before it renders")
    .optionsGroup("Output:")
    .option("--parts", "show which text comes from the template, which from which message")
    .option("--json", "one JSON object: text and parts")
    .addHelpText("after", EXAMPLES)
    .action(async (place: string | undefined, flags: RenderFlags) => {
      const { runRender } = await import("./render.ts");
      await runRender(settings, place, flags);
    });
};
