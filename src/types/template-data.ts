import { z } from "zod";

/** A chat template that is known, in `models/templates.json` under its fingerprint (`templateFingerprint`). */
export const knownTemplateSchema = z.object({
  /** Whose template it is: `qwen`, `llama3`. */
  family: z.string(),
  /** The model or file that it is the template of. */
  name: z.string(),
  /** True where the model's maker published it just so; false for one that others made or changed. */
  official: z.boolean(),
  /** Where it was read: repository, path and commit or date. */
  source: z.string(),
  /** Texts of the begin and end token that its model has, as far as known. */
  bosToken: z.string().optional(),
  eosToken: z.string().optional(),
});

export type KnownTemplate = Readonly<z.infer<typeof knownTemplateSchema>>;

/** The form of `models/templates.json`. */
export const knownTemplatesSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), knownTemplateSchema);

/** A real defect of a published template: what a rule finds there is no surprise. */
export const templateDefectSchema = z.object({
  /** A rule's id. */
  rule: z.string().regex(/^[A-Z]\d{2}$/),
  /** The public thread that tells of it, or how it was seen. */
  source: z.string(),
});

export type TemplateDefect = Readonly<z.infer<typeof templateDefectSchema>>;

/** The form of `models/template-defects.json`: fingerprints with the template's name beside its defects. */
export const templateDefectsSchema = z.record(
  z.string().regex(/^[0-9a-f]{64}$/),
  z.object({ name: z.string(), defects: z.array(templateDefectSchema) }),
);
