import type { ServerInfo } from "../../types/backend.ts";
import { plain } from "./plain.ts";

/** Says on stderr that the server has another model than the one `wanted`: a llama-server serves its one model whatever it is asked for. */
export function tellOtherModel(info: ServerInfo, wanted: string | undefined): void {
  if (wanted === undefined || info.kind !== "llama-server" || info.isRouter) return;
  const had = [info.model, ...info.models, ...(info.aliases ?? [])];
  if (had.some((name) => bare(name) === bare(wanted))) return;
  process.stderr.write(
    `note: ${plain(info.baseUrl)} has no model ${plain(wanted)}; its own answers: ${plain(info.model)}\n`,
  );
}

/** A server tells the name of a file where it was given no other: without folder and ending. */
function bare(name: string): string {
  return name
    .slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1)
    .replace(/\.gguf$/i, "")
    .toLowerCase();
}
