/** One named part of the system message. */
export interface Section {
  readonly name: string;
  readonly text: string;
}

/** Instructions a project gives, from AGENTS.md or AGENTS.override.md. */
export interface ProjectInstructions {
  /** Path relative to the workspace's root, for the heading. */
  readonly path: string;
  readonly text: string;
}

export interface SystemInput {
  readonly instructions: readonly ProjectInstructions[];
}

/** The most bytes of project instructions that go into a prompt (the limit Codex uses for AGENTS.md). */
export const INSTRUCTION_BYTES = 32 * 1024;

const ROLE = `You are halter, a coding agent. You work in the user's repository with tools until the task is done.

How to work:
- Act with tools. Do not tell the user what to do: do it.
- Look before you change: read the files the task names, or find them with find and grep.
- Change a file with edit. Copy old_text exactly from the file, as few lines as make it unique. Use write for new files.
- Change only what the task asks for.
- Then check: run the tests or the program with shell. If it fails, read the output, fix the cause, run again.
- If a tool reports an error, correct the call and try again in another way.
- Paths are relative to the workspace.
- When everything is done, answer without a tool call, in one to three sentences.`;

/**
 * The sections of the system message in order: what never changes first, then the project's instructions, the more specific last. What
 * else differs by folder goes with the first message: templates put the tools after the system message, and they
 * would be read anew for every folder.
 */
export function systemSections(input: SystemInput): Section[] {
  const sections: Section[] = [{ name: "role", text: ROLE }];
  for (const { path, text } of input.instructions) {
    sections.push({ name: `instructions ${path}`, text: `Project instructions from ${path}:\n${text.trim()}` });
  }
  return sections;
}

/** The system message's text. */
export function assembleSystem(sections: readonly Section[]): string {
  return sections.map((section) => section.text).join("\n\n");
}
