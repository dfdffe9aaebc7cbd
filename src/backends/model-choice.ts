import { HalterError } from "../types/error.ts";
import type { ListedModel } from "./server-info.ts";

/**
 * The model to ask for where a server has several: the wanted one (`NAME` also finds `NAME:latest`), or the only one.
 * Throws `model_required` or `model_not_found`, both naming what there is.
 */
export function chooseModel(baseUrl: string, models: readonly ListedModel[], wanted: string | undefined): string {
  const names = models.map((model) => model.names[0]!);
  const offered = names.length === 0 ? "none" : names.slice(0, 20).join(", ");
  if (wanted === undefined) {
    if (names.length === 1) return names[0]!;
    throw new HalterError("model_required", `${baseUrl} has several models: ${offered}`, {
      hint: "Name one with --model.",
      data: { models: names },
    });
  }
  const found = models.flatMap((model) => model.names).find((name) => name === wanted || name === `${wanted}:latest`);
  if (found !== undefined) return found;
  throw new HalterError("model_not_found", `${baseUrl} has no model ${wanted}; it has: ${offered}`, {
    hint: "Name one of these with --model.",
    data: { models: names },
  });
}
