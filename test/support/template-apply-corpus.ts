import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CORPORA } from "../../bench/support/corpora.ts";
import { type Comparison, compareWithServer } from "./template-apply.ts";
import { CONVERSATIONS } from "./template-conversations.ts";
import { FOREIGN_CONVERSATIONS } from "./template-conversations-foreign.ts";
import { startTemplateServers } from "./template-servers.ts";
import { writeTinyGguf } from "./tiny-gguf.ts";

/** One template of the corpus; without comparisons where the engine does not load it. */
export interface TemplateComparison {
  readonly template: string;
  readonly comparisons: readonly Comparison[] | undefined;
}

/** Servers of one process; a new one keeps memory and open ports small. */
const BATCH = 40;

/** Compares our render with the embedded engine's for corpus templates, one after the other. */
export async function* applyCorpus(
  command: readonly string[],
  templates: readonly string[],
): AsyncGenerator<TemplateComparison> {
  const folder = mkdtempSync(path.join(tmpdir(), "halter-apply-"));
  const model = path.join(folder, "tiny.gguf");
  writeTinyGguf(model);
  try {
    for (let start = 0; start < templates.length; start += BATCH) {
      const servers = startTemplateServers(command, model);
      try {
        for (const template of templates.slice(start, start + BATCH)) {
          const server = await servers.serve(path.join(CORPORA.templates, template));
          const comparisons = server && (await compareWithServer(server, [...CONVERSATIONS, ...FOREIGN_CONVERSATIONS]));
          yield { template, comparisons };
        }
      } finally {
        servers.stop();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
