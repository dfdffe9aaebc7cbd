import { templateFingerprint } from "../../profiles/index.ts";
import type { Backend, ChatInput } from "../../types/index.ts";
import { HalterError } from "../../types/index.ts";
import { promptOf } from "../rules/prompt.ts";
import type { Conversation, LooseMessage, ServerView, Tokenizer } from "../rules/rule.ts";
import type { TemplateSource } from "./source.ts";

/** The template that a running server uses. Throws `not_supported` for a server that does not show it. `close` closes the backend. */
export function readServerTemplate(backend: Backend): TemplateSource {
  const { chatTemplate, bosToken, eosToken, model, baseUrl, build } = backend.info;
  if (chatTemplate === undefined) {
    throw new HalterError("not_supported", `the server at ${baseUrl} does not show its chat template`, {
      hint: "use llama-server, or give the model's GGUF file (ollama:NAME for Ollama)",
    });
  }
  const tokenizer = tokenizerOf(backend);
  const server = serverView(backend);
  return {
    name: model,
    source: chatTemplate,
    bosToken,
    eosToken,
    siblings: {},
    model,
    ...(server && { server }),
    ...(tokenizer && { tokenizer }),
    notes: build === undefined ? [] : [`llama-server ${build}`],
    close: () => backend.close(),
  };
}

/** How a file's template differs from the one that the server uses; undefined where they are the same. */
export function templateDrift(file: TemplateSource, server: TemplateSource): string | undefined {
  const [ours, theirs] = [templateFingerprint(file.source), templateFingerprint(server.source)];
  if (ours === theirs) return undefined;
  const short = (hash: string) => hash.slice(0, 12);
  return `the server uses another template (${short(theirs)}) than ${file.name} (${short(ours)}): --chat-template, --chat-template-file or a fallback is at work`;
}

function serverView({ info, applyTemplate }: Backend): ServerView | undefined {
  if (!applyTemplate) return undefined;
  const apply = (conversation: Conversation) => applyTemplate(chatInput(conversation));
  return {
    build: info.build,
    caps: info.caps,
    chatTemplate: info.chatTemplate,
    applyTemplate: apply,
    async tryTools(conversation) {
      try {
        await apply(conversation);
        return undefined;
      } catch (error) {
        if (error instanceof HalterError && error.code !== "server_unreachable") return error.message;
        throw error;
      }
    },
  };
}

function tokenizerOf({ tokenize }: Backend): Tokenizer | undefined {
  return tokenize && { tokenize: (text, special) => tokenize(text, special) };
}

/** Conversations may be looser than the wire's types; what the server makes of them is what is asked. */
function chatInput(conversation: Conversation): ChatInput {
  return { type: "chat", ...promptOf({ ...conversation, messages: conversation.messages.map(withTextArguments) }) };
}

/** On the wire arguments are JSON text. */
function withTextArguments(message: LooseMessage): LooseMessage {
  if (!Array.isArray(message.tool_calls)) return message;
  const calls = message.tool_calls as readonly { readonly function: LooseMessage }[];
  return {
    ...message,
    tool_calls: calls.map((call) => {
      const { arguments: input } = call.function;
      return {
        ...call,
        function: { ...call.function, arguments: typeof input === "string" ? input : JSON.stringify(input) },
      };
    }),
  };
}
