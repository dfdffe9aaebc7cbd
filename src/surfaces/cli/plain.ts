import { stripVTControlCharacters } from "node:util";

/** What a model, a server or a command wrote, made harmless for a terminal: no control characters but tab and newline. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
