// save.ts DIRECTORY CONTENT: one access to the cache "test"; says how reading and saving went.
import { fixedKeyStore } from "../support/fixed-key-store.ts";
import { openRecord } from "../support/open-record.ts";

const [directory, content] = process.argv.slice(2) as [string, string];
const warnings: string[] = [];
const cache = openRecord({
  name: "test",
  directory,
  keyStore: fixedKeyStore,
  onWarning: ({ code }) => warnings.push(code),
});
const outcome = async (call: () => Promise<unknown>): Promise<unknown> => {
  try {
    return (await call()) ?? "done";
  } catch (error) {
    return (error as { detail?: string }).detail ?? String(error);
  }
};
const read = await outcome(async () => {
  const bytes = await cache.read();
  return bytes ? Buffer.from(bytes).toString("utf8") : "empty";
});
const saved = await outcome(() =>
  cache.withLock(async () => {
    await cache.read();
    await cache.write(Buffer.from(content));
  }),
);
console.log(JSON.stringify({ read, saved, warnings }));
