import { z } from "zod";
import { parserSpecSchema } from "./parser-spec.ts";
import { SAMPLING_NUMBERS } from "./sampling-numbers.ts";

/** Sampling values as llama-server names them (`temperature`, `top_k`, `seed` …); what is absent is left to the server. */
export const samplingSchema = z
  .record(z.string(), z.union([z.number(), z.boolean(), z.string()]))
  .superRefine((sampling, context) => {
    for (const [key, value] of Object.entries(sampling)) {
      if (typeof value === "number" || !SAMPLING_NUMBERS.has(key)) continue;
      context.addIssue({ code: "custom", path: [key], message: `expected number, received ${typeof value}` });
    }
  });

export type Sampling = Readonly<z.infer<typeof samplingSchema>>;

/** How thinking is switched: the template variable and its values, or none where the model has no switch. */
export const thinkingSchema = z.object({
  /** Template variable, e.g. `enable_thinking` or `reasoning_effort`. */
  kwarg: z.string().optional(),
  on: z.union([z.boolean(), z.string()]).optional(),
  off: z.union([z.boolean(), z.string()]).optional(),
  /** What the model does when nothing is said. */
  default: z.enum(["on", "off", "none"]),
  /** Variables that keep earlier reasoning in the prompt, where the template has them. */
  preserve: z.record(z.string(), z.boolean()).optional(),
});

/** How a family behaves, as data (`models/<id>.json`, complete: what is left out there is a mistake that the tests find). */
export const modelProfileSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Parser family: a key of the table in `parsers/index.ts`, or a format of the profile's own. */
  parser: z.union([z.string(), parserSpecSchema]),
  match: z.object({
    /** SHA-256 of known chat templates, hex, of the text as the server shows it. */
    templates: z.array(z.string()),
    /** Substrings that must all stand in the template. */
    markers: z.array(z.string()),
    /** Substrings of which none may stand in the template. */
    without: z.array(z.string()),
    architectures: z.array(z.string()),
    /** Case-insensitive regular expressions over the model's name. */
    names: z.array(z.string()),
  }),
  sampling: samplingSchema,
  /** Sampling while thinking is on, where the vendor gives other values. */
  samplingThinking: samplingSchema.optional(),
  thinking: thinkingSchema,
  /** Text a message of each role begins with in the rendered prompt. */
  messageDelimiters: z.array(z.object({ role: z.string(), delimiter: z.string() })),
  /**
   * How calls found in text stand in later prompts: in the template's form, or as the model wrote them, which small models go on with
   * better and which keeps the prompt cache whole. Only for templates that take a tool message after an assistant message without calls.
   */
  textCalls: z.enum(["canonical", "verbatim"]),
  /**
   * The model shows whole files in code fences where it should call a tool: a fence that names a file, or is mostly that file, is
   * taken as a write. For small models; measured with Qwen2.5-Coder-1.5B.
   */
  fileBlocks: z.boolean(),
  /** Where the values come from, a URL or a file name and date each. */
  sources: z.array(z.string()),
});

export type ModelProfile = z.infer<typeof modelProfileSchema>;
