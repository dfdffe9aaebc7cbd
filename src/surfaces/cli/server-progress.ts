import type { ServerProgress } from "../../servers/index.ts";
import { formatBytes, formatSeconds } from "./format.ts";

/** The words for what happens while a server is made ready; `lasting` lines stay on the screen. */
export function describeProgress(progress: ServerProgress): { readonly text: string; readonly lasting: boolean } {
  const passing = (text: string) => ({ text, lasting: false });
  const lasting = (text: string) => ({ text, lasting: true });
  switch (progress.type) {
    case "install":
      return lasting(`installing ${progress.what} into ${progress.path}`);
    case "download.started": {
      const { model, total, have, path, source } = progress;
      const rest = have > 0 ? `, ${formatBytes(have)} are there already` : "";
      return lasting(`downloading ${model} (${formatBytes(total)}${rest}) from ${source} to ${path}`);
    }
    case "download": {
      const { model, bytes, total, bytesPerSecond, secondsLeft } = progress;
      const percent = Math.floor((bytes / total) * 100);
      return passing(
        `${model}: ${percent} % of ${formatBytes(total)}, ${formatBytes(bytesPerSecond)}/s, ${formatSeconds(secondsLeft)} left`,
      );
    }
    case "source.failed": {
      const { model, source, text, next } = progress;
      return lasting(
        `${model}: ${source} failed: ${text}; ${next ? `${next} is tried now` : "no other source is left"}`,
      );
    }
    case "verify":
      return passing(`checking ${progress.model}: ${formatBytes(progress.bytes)} of ${formatBytes(progress.total)}`);
    case "waiting":
      return passing(`waiting for another halter: ${progress.what}`);
    case "load":
      return passing(`loading ${progress.model} on ${progress.engine}: ${formatSeconds(progress.seconds)}`);
    case "ready":
      return lasting(
        `model ready at ${progress.baseUrl}${progress.shared ? " (shared)" : ` after ${formatSeconds(progress.seconds)}`}`,
      );
  }
}
