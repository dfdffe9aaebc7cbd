// usage: journal-child.ts DIR loop THREAD   appends calls for ever, a line on stdout for each that was acknowledged
//        journal-child.ts DIR open THREAD   says whether the thread could be opened, then waits
import { createJournal, openJournal } from "../../src/journal/index.ts";
import { callItem, headerOf } from "./journal.ts";

const [dir = "", mode, threadId = ""] = process.argv.slice(2);

if (mode === "open") {
  const said = await openJournal(dir, threadId).then(
    () => "open",
    (error: { code?: string }) => String(error.code),
  );
  process.stdout.write(`${said}\n`);
  setTimeout(() => undefined, 20_000);
} else {
  const journal = await createJournal(dir, headerOf(threadId));
  for (let index = 0; ; index++) {
    await journal.append({ type: "item", item: callItem(`t${index}`) });
    process.stdout.write(`${index}\n`);
    void journal.append({ type: "item", item: callItem(`t${index}`, "x".repeat(200_000)) });
  }
}
