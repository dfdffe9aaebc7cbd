import { readServerTemplate, readTemplate, type TemplateSource, templateDrift } from "../../../inspect/templates.ts";
import { HalterError } from "../../../types/error.ts";
import { plain } from "../plain.ts";
import type { Settings } from "../settings.ts";
import { asUsage } from "../usage-error.ts";
import type { PlaceFlags } from "./flags.ts";

/**
 * Reads the template that an argument and flags name, uses it, and lets go of it again. A file looked at together with a server gets that
 * server's tokenizer and rendering; whether it uses the same template is said in the notes.
 * Throws `usage` for whatever cannot be read: these commands end with 2 then, 1 is for findings.
 */
export async function withPlace<T>(
  settings: Settings,
  place: string | undefined,
  flags: PlaceFlags,
  use: (source: TemplateSource) => Promise<T>,
): Promise<T> {
  if (place === undefined && flags.server === undefined) {
    throw new HalterError("usage", "which template?", {
      hint: "name a file, a GGUF or ollama:NAME, or give --server URL",
    });
  }
  const file = place === undefined ? undefined : await readPlace(settings, place);
  const server = flags.server === undefined ? undefined : await openServer(settings, flags.server, flags.apiKey);
  try {
    return await use(named(joined(file, server), flags.name));
  } finally {
    await server?.close?.();
  }
}

/** Reads one place without a server; what is wrong with its file is said on stderr. Throws `usage`. */
export async function readPlace({ ollamaFolders }: Settings, place: string): Promise<TemplateSource> {
  const source = await readTemplate(place, { ollamaFolders }).catch((error: unknown) => {
    throw asUsage(error);
  });
  if (source.damage !== undefined) process.stderr.write(`warning: ${plain(source.damage)}\n`);
  return source;
}

async function openServer(settings: Settings, baseUrl: string, apiKey: string | undefined): Promise<TemplateSource> {
  const { connectToServer } = await import("../connect.ts");
  const backend = await connectToServer(settings, baseUrl, apiKey);
  try {
    return readServerTemplate(backend);
  } catch (error) {
    await backend.close();
    throw asUsage(error);
  }
}

function joined(file: TemplateSource | undefined, server: TemplateSource | undefined): TemplateSource {
  if (!file || !server) return (file ?? server)!;
  const drift = templateDrift(file, server);
  const { tokenizer, server: view } = server;
  const { endIds, gguf } = file;
  const addsBos = gguf?.addsBos;
  return {
    ...file,
    ...(tokenizer && {
      tokenizer: { ...tokenizer, ...(endIds && { endIds }), ...(addsBos !== undefined && { addsBos }) },
    }),
    ...(view && { server: view }),
    notes: [...file.notes, ...server.notes, ...(drift === undefined ? [] : [drift])],
  };
}

/** The template of that name, of those that came together. */
function named(source: TemplateSource, name: string | undefined): TemplateSource {
  if (name === undefined || name === "default") return source;
  const { [name]: chosen, ...others } = source.siblings;
  if (chosen === undefined) {
    const names = ["default", ...Object.keys(source.siblings)].join(", ");
    throw new HalterError("usage", `${source.name} has no template ${name}`, { hint: `it has ${names}` });
  }
  return {
    ...source,
    name: `${source.name}: ${name}`,
    source: chosen,
    siblings: { default: source.source, ...others },
  };
}
