// real-keyring.ts DIRECTORY PROTECTION: saves "content" and reads it back as another would, with this session's own
// keyring; says what came of it.
import type { Protection } from "../../src/index.ts";
import { openRecord } from "../support/open-record.ts";

const [directory, protection] = process.argv.slice(2) as [string, Protection];
const warnings: string[] = [];
const open = () =>
  openRecord({ name: "test", directory, protection, onWarning: ({ code }) => warnings.push(code) });
const answer: Record<string, unknown> = {};
try {
  const cache = open();
  await cache.withLock(async () => {
    await cache.read();
    await cache.write(Buffer.from("content"));
  });
  const startedAt = performance.now();
  answer["read"] = Buffer.from((await open().read())!).toString();
  answer["readInMs"] = performance.now() - startedAt;
  if (process.argv[4] === "clear") await cache.clear();
} catch (error) {
  answer["error"] = (error as { detail?: string }).detail ?? String(error);
}
// Whatever floats by now would end the process before this line.
await new Promise((resolve) => setImmediate(resolve));
console.log(JSON.stringify({ ...answer, warnings, stillRuns: true }));
