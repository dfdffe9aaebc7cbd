import type { ServerProgress } from "../../src/servers/index.ts";

/** How a progress line is driven. */
export interface ProgressLine {
  show(progress: ServerProgress): void;
  end(text: string): void;
}

/** One line that is written over on a terminal; elsewhere each kind of step is named once. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let last = "";
  return {
    show(progress) {
      const text = words(progress);
      if (stream.isTTY) stream.write(`\r\u001b[2Klive tests: ${text}`);
      else if (progress.type !== last) stream.write(`live tests: ${text}\n`);
      last = progress.type;
    },
    end(text) {
      stream.write(stream.isTTY ? `\r\u001b[2K${text}\n` : `${text}\n`);
    },
  };
}

function words(progress: ServerProgress): string {
  switch (progress.type) {
    case "download":
      return `downloading, ${Math.floor((100 * progress.bytes) / progress.total)} %`;
    case "download.started":
      return `downloading ${progress.model} (${(progress.total / 1e9).toFixed(2)} GB) from ${progress.source}`;
    case "install":
      return `installing ${progress.what}`;
    case "load":
      return `loading ${progress.model}`;
    default:
      return progress.type;
  }
}
