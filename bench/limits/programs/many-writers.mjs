// many-writers.mjs FOLDER NAME COUNT: says that it is ready; when it is asked, saves so many records of that name in the
// cache there, and says how long each took.
// many-writers.mjs FOLDER: as that, but reads all records again and again until it is asked once more, and says how many
// it has read, and how many of them were not what somebody had saved.
import { once } from "node:events";
import { persistentTokenCache } from "@entrada/cache";
import { fixedKeyStore } from "../../programs/fixed-key.mjs";

const [directory, name, count] = process.argv.slice(2);
const say = (line) => console.log(JSON.stringify(line));
const store = persistentTokenCache({ name: "limits", directory, keyStore: fixedKeyStore });
say({ ready: true });
await once(process.stdin, "data");
if (name === undefined) await read();
else await save();
process.exit();

async function save() {
  const times = [];
  for (let at = 0; at < Number(count); at += 1) {
    const key = `${name}/${at}`;
    const began = process.hrtime.bigint();
    await store.withLock(key, async () => {
      await store.read(key);
      await store.write(key, Buffer.from(key), name);
    });
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  say({ times });
}

async function read() {
  let read = 0;
  let bad = 0;
  const over = new AbortController();
  void once(process.stdin, "data").then(() => over.abort());
  do {
    for (const { key } of await store.list()) {
      const data = await store.read(key).catch(() => Buffer.of());
      // The name of a record is told when it is there, or a moment before.
      if (data !== undefined && Buffer.from(data).toString() !== key) bad += 1;
      read += 1;
    }
  } while (!over.signal.aborted);
  say({ read, bad });
}
