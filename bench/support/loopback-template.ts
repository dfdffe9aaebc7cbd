/** A chat template of our own in the ChatML notation that Qwen models use, tools and calls included. */
export const LOOPBACK_TEMPLATE = `
{%- for message in messages %}
{{- '<|im_start|>' + (message.role if message.role != 'tool' else 'user') + '\\n' }}
{{- message.content or '' }}
{%- if loop.first and tools %}
{{- '\\n\\n<tools>' }}
{%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
{{- '\\n</tools>' }}
{%- endif %}
{%- for call in message.tool_calls or [] %}
{{- '\\n<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' }}
{{- call.function.arguments | tojson }}{{- '}\\n</tool_call>' }}
{%- endfor %}
{{- '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`.trimStart();
