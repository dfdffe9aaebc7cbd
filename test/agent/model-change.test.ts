import { expect, it } from "vitest";
import { FILE_BLOCK_MODEL, openStory } from "../support/agent.ts";

it("meets another model behind the same address in the next turn, and stays on its wire", async () => {
  const routes: Record<string, { json: unknown }> = {};
  const story = await openStory({
    server: { routes },
    answers: [{ text: "One." }, { text: "Two." }, { text: "Three." }],
  });
  const { thread, profileReason } = story.started;
  await story.run("First.");
  const props = (await (await fetch(`${story.server.baseUrl}/props`)).json()) as Record<string, unknown>;
  const template = `${String(props.chat_template)}{# another #}`;
  routes["/props"] = { json: { ...props, model_alias: FILE_BLOCK_MODEL, chat_template: template } };
  await story.run("Second.");
  await story.run("Third.");
  const notes = story.trace.filter((record) => record.type === "note");
  expect(notes.filter(({ topic }) => topic === "model")).toMatchObject([
    { data: { from: "loopback", to: FILE_BLOCK_MODEL } },
  ]);
  const wires = notes.filter(({ topic }) => topic === "wire").map(({ data }) => data.wire);
  expect(wires).toEqual([wires[0], wires[0]]);
  expect(profileReason).not.toContain("Coder");
  expect(thread.items.filter(({ type }) => type === "agent_message")).toHaveLength(3);
  await story.settle();
});
