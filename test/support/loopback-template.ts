import { Template } from "@huggingface/jinja";

/** A small ChatML template with Hermes-style tools, served where a test gives none. */
export const LOOPBACK_TEMPLATE = `{%- if messages[0].role == 'system' or tools %}
{{- '<|im_start|>system\\n' }}
{%- if messages[0].role == 'system' %}{{- messages[0].content }}{%- endif %}
{%- if tools %}
{{- '\\n\\nTools, one JSON object a line:\\n<tools>' }}
{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
{{- '\\n</tools>\\nCall one with <tool_call>\\n{"name": NAME, "arguments": OBJECT}\\n</tool_call>' }}
{%- endif %}
{{- '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
{%- if message.role == 'system' %}
{%- elif message.role == 'assistant' %}
{{- '<|im_start|>assistant\\n' + message.content }}
{%- for call in message.tool_calls or [] %}
{{- '\\n<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' }}{{- call.function.arguments | tojson }}{{- '}\\n</tool_call>' }}
{%- endfor %}
{{- '<|im_end|>\\n' }}
{%- elif message.role == 'tool' %}
{{- '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- else %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`;

/** The part of a chat body that decides the prompt. */
export interface ChatBody {
  readonly messages?: readonly Readonly<Record<string, unknown>>[];
  readonly tools?: unknown;
  readonly chat_template_kwargs?: Readonly<Record<string, unknown>>;
}

/** What `/apply-template` says: arguments become objects, and a trailing assistant message is left open, as llama-server does it. */
export function renderChat(template: string, body: ChatBody): string {
  const messages = (body.messages ?? []).map(withObjects);
  const last = messages.at(-1);
  const prefill = last?.role === "assistant" ? String(last.content) : undefined;
  const rendered = new Template(template).render({
    messages: prefill === undefined ? messages : messages.slice(0, -1),
    ...(body.tools === undefined ? {} : { tools: body.tools }),
    add_generation_prompt: true,
    enable_thinking: true,
    bos_token: "",
    eos_token: "<|im_end|>",
    ...body.chat_template_kwargs,
  });
  return rendered + (prefill ?? "");
}

function withObjects(message: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Array.isArray(message.tool_calls)) return message;
  const calls = message.tool_calls as { function: { name: string; arguments: string } }[];
  return {
    ...message,
    tool_calls: calls.map((call) => ({
      ...call,
      function: { ...call.function, arguments: JSON.parse(call.function.arguments) },
    })),
  };
}
