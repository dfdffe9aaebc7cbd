import type { ItemOf } from "../types/index.ts";
import type { TurnContext } from "./turn-context.ts";

type UserMessage = ItemOf<"user_message">;

/** Records what the user said, or what the harness says in the user's place. */
export async function say(
  context: TurnContext,
  text: string,
  origin: UserMessage["origin"],
  extra: Pick<UserMessage, "attachments" | "environment"> = {},
): Promise<void> {
  const { record } = context;
  await record.complete({
    type: "user_message",
    id: record.nextId(),
    step: 0,
    status: "completed",
    text,
    origin,
    ...extra,
  });
}
