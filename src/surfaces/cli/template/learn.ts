import { writeFile } from "node:fs/promises";
import { styleText } from "node:util";
import { type Learned, learn, roundTrips, type Trip } from "../../../inspect/templates.ts";
import { HalterError } from "../../../types/error.ts";
import { plain } from "../plain.ts";
import type { Settings } from "../settings.ts";
import type { PlaceFlags } from "./flags.ts";
import { withPlace } from "./open-place.ts";
import { readableSubject } from "./readable-subject.ts";

/** Flags of `halter template learn`. */
export interface LearnFlags extends PlaceFlags {
  readonly json?: boolean;
  readonly out?: string;
}

/** Learns a parser spec and prints it with what it was learned from; 1 where nothing could be learned. Throws `usage`. */
export async function runLearn(settings: Settings, place: string | undefined, flags: LearnFlags): Promise<number> {
  return withPlace(settings, place, flags, async (source) => {
    const learned = learn(await readableSubject(source));
    const { spec, reason, differences } = learned;
    const trips = spec ? roundTrips(learned.answers, spec) : [];
    if (flags.out !== undefined && spec) await write(flags.out, `${JSON.stringify(spec, null, 2)}\n`);
    const output = flags.json
      ? JSON.stringify({ name: source.name, spec: spec ?? null, reason, differences, trips })
      : [...differenceLines(learned, settings.color.stdout), ...specLines(learned, flags), ...tripLines(trips)].join(
          "\n",
        );
    process.stdout.write(`${output}\n`);
    return spec ? 0 : 1;
  });
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: NodeJS.ErrnoException) => {
    throw new HalterError("usage", `${file} cannot be written: ${cause.code}`, { hint: "--out FILE", cause });
  });
}

/** Each pair of renders, with what the second has more than the first. */
function differenceLines({ differences }: Learned, color: boolean): string[] {
  const added = (text: string): string =>
    color && text !== "" ? styleText("green", text, { validateStream: false }) : `«${text}»`;
  return differences.flatMap(({ id, about, before, without, with: more, after }) => [
    `${id}  ${about}`,
    `    ${oneLine(before)}${without === "" ? "" : `${oneLine(without)} → `}${added(oneLine(more))}${oneLine(after)}`,
  ]);
}

function specLines({ spec, reason }: Learned, { out }: LearnFlags): string[] {
  if (!spec) return ["", `nothing was learned: ${reason}`];
  return ["", out === undefined ? JSON.stringify(spec, null, 2) : `the parser spec is in ${out}`];
}

function tripLines(trips: readonly Trip[]): string[] {
  if (trips.length === 0) return [];
  const failed = trips.filter(({ passed }) => !passed);
  return [
    "",
    ...failed.map(({ shape, text }) => `does not come back: ${shape}: ${oneLine(text)}`),
    `${trips.length - failed.length} of ${trips.length} messages with calls that this template renders come back as they were`,
  ];
}

const oneLine = (text: string): string => plain(text).replaceAll("\n", "↵");
