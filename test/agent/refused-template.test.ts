import { expect, it } from "vitest";
import { openStory } from "../support/agent.ts";

const REFUSAL = {
  status: 500,
  json: {
    error: {
      code: 500,
      message: "Unable to generate parser for this template. While executing CallExpression at line 2, column 33",
      type: "server_error",
    },
  },
};

const story = (chatTemplate: string) =>
  openStory({ answers: [], server: { chatTemplate, routes: { "/apply-template": REFUSAL } } });

it("a template that fails on the server and here is told with the place and the message, before anything is generated", async () => {
  const { run, items, server } = await story(
    "{% for m in messages %}\n{% if 'Do the task' in m.content and m.role == 'user' %}{{ raise_exception('no tasks') }}{% endif %}{% endfor %}",
  );
  expect((await run()).reason).toBe("failed");
  const [error] = items("error");
  expect(error).toMatchObject({ code: "template_failed", hint: expect.stringContaining("--chat-template-file") });
  expect(error?.message).toMatch(/no tasks.*messages\[1\].*line 2/s);
  expect(server.generations()).toEqual([]);
});

it("one that fails on the server alone is told in its words", async () => {
  const { run, items } = await story("{% for m in messages %}{{ m.content }}{% endfor %}");
  expect((await run()).reason).toBe("failed");
  expect(items("error")).toMatchObject([{ code: "template_failed", message: REFUSAL.json.error.message }]);
});
