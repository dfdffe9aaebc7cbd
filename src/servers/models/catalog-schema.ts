import { z } from "zod";

const hubSourceSchema = z.object({
  type: z.literal("hub"),
  repo: z.string(),
  /** Commit, so that the bytes cannot change under the name. */
  revision: z.string(),
  file: z.string(),
});

const wheelsSourceSchema = z.object({
  type: z.literal("wheels"),
  /** Package name of a part, with `{n}` for its number from 1. */
  package: z.string(),
  version: z.string(),
  parts: z.int().min(1),
  /** Bytes of every part but the last. */
  partBytes: z.int().min(1),
  /** The part's path inside its wheel, with `{package}` (underscores), and `{nn}` for the number in two digits. */
  member: z.string(),
});

const sourceSchema = z.discriminatedUnion("type", [hubSourceSchema, wheelsSourceSchema]);

const catalogModelSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  title: z.string(),
  /** File name under which it is kept. */
  file: z.string().regex(/^[^/\\]+\.gguf$/),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string(),
  /** Trained context in tokens. */
  context: z.int().min(1),
  architecture: z.string(),
  sources: z.array(sourceSchema).min(1),
});

/** The form of `models/catalog.json` and of any other catalogue. */
export const catalogSchema = z.array(catalogModelSchema);

export type HubSource = z.infer<typeof hubSourceSchema>;
export type WheelsSource = z.infer<typeof wheelsSourceSchema>;
/** One place a model's bytes can come from. */
export type CatalogSource = z.infer<typeof sourceSchema>;
/** The kinds of places: the model hub, or package wheels that carry the same bytes in parts. */
export type SourceType = CatalogSource["type"];
/** A model that halter can fetch by name. */
export type CatalogModel = z.infer<typeof catalogModelSchema>;
