#!/usr/bin/env node
// Puts the persisted cache under load and counts what went wrong. Build the package first.
//
//   node packages/cache/scripts/stress.mjs share [--writers 16] [--writes 50] [--readers 8] [--pause 0] [--read-pause 10] [--apart]
//   node packages/cache/scripts/stress.mjs kill  [--kills 2000] [--victims 4] [--seed 1] [--apart]
//
// share: processes that add entries to one cache and processes that read it all the while.
// kill:  processes in a loop of saves are ended with SIGKILL at random moments.
// With --apart each saves an account of its own, under a new label each time, and not all the same one: then folder,
// index and list are tried as well.
// Both print one line of JSON and end with 1 if anything was lost or broken.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { persistentTokenCache } from "../dist/index.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    writers: { type: "string", default: "16" },
    writes: { type: "string", default: "50" },
    readers: { type: "string", default: "8" },
    pause: { type: "string", default: "0" },
    "read-pause": { type: "string", default: "10" },
    kills: { type: "string", default: "2000" },
    victims: { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
    apart: { type: "boolean", default: false },
  },
});
const NAME = "stress";
// All add to one record, so that they meet.
const KEY = "client|authority|person";
const roles = { share, kill, writer, reader, victim };
const role = roles[positionals[0]];
if (!role) {
  console.error(`Say one of: ${Object.keys(roles).slice(0, 2).join(", ")}`);
  process.exit(2);
}
await role(...positionals.slice(1));

// ── share

async function share() {
  const [writers, writes, readers] = [values.writers, values.writes, values.readers].map(Number);
  const place = await newPlace();
  const reading = Array.from({ length: readers }, () =>
    start(place, "reader", values["read-pause"], values.apart ? "all" : KEY),
  );
  await Promise.all(reading.map((child) => once(child.lines, "line")));
  const startedAt = performance.now();
  const writing = Array.from({ length: writers }, (_, id) =>
    start(place, "writer", id, writes, values.pause, keyOf(id)),
  );
  const latencies = [];
  for (const child of writing) child.lines.on("line", (line) => latencies.push(Number(line)));
  const failed = (await Promise.all(writing.map((child) => child.ended))).filter((code) => code !== 0).length;
  const seconds = (performance.now() - startedAt) / 1000;
  for (const child of reading) child.process.stdin.end();
  const badReads = (await Promise.all(reading.map((child) => child.ended))).filter(
    (code) => code !== 0,
  ).length;
  const cache = openCache(place);
  const listed = new Set(await keysIn(cache));
  let lost = 0;
  for (let id = 0; id < writers; id++) {
    const entries = listed.has(keyOf(id)) ? await entriesOf(cache, keyOf(id)) : {};
    for (let n = 0; n < writes; n++) if (!(`${id}-${n}` in entries)) lost++;
  }
  latencies.sort((a, b) => a - b);
  report(place, {
    writers,
    writes: latencies.length,
    readers,
    pauseInMs: Number(values.pause),
    readPauseInMs: Number(values["read-pause"]),
    lost,
    badReads,
    failed,
    broken: corruptFiles(place),
    p50InMs: quantile(latencies, 0.5),
    p99InMs: quantile(latencies, 0.99),
    slowestInMs: quantile(latencies, 1),
    seconds: Number(seconds.toFixed(1)),
  });
}

async function writer(id, writes, pauseInMs, key, ...place) {
  const cache = openCache(place);
  for (let n = 0; n < Number(writes); n++) {
    const before = performance.now();
    await addEntry(cache, `${id}-${n}`, n, key);
    console.log((performance.now() - before).toFixed(3));
    if (Number(pauseInMs) > 0) {
      await new Promise((resolve) => setTimeout(resolve, Number(pauseInMs) * 2 * Math.random()));
    }
  }
}

/** Reads until its input ends. What was there once must stay: nobody removes anything. */
async function reader(pauseInMs, which, ...place) {
  const cache = openCache(place);
  let known = 0;
  process.stdin.resume();
  console.log("ready");
  while (!process.stdin.readableEnded) {
    let count = 0;
    for (const key of which === "all" ? await keysIn(cache) : [which]) {
      count += Object.keys(await entriesOf(cache, key)).length;
    }
    if (count < known) process.exitCode = 1;
    known = count;
    await new Promise((resolve) => setTimeout(resolve, Number(pauseInMs)));
  }
}

// ── kill

async function kill() {
  const [kills, victims] = [Number(values.kills), Number(values.victims)];
  const random = randomFrom(Number(values.seed));
  const place = await newPlace();
  const acknowledged = new Map();
  let left = kills;
  let broken = 0;
  let stuck = 0;
  let slowestLockInMs = 0;
  const loop = async (slot) => {
    for (let round = 0; left > 0; round++) {
      left--;
      const id = `${slot}-${round}`;
      const child = start(place, "victim", id, keyOf(id));
      child.lines.on("line", (line) => acknowledged.set(id, Number(line)));
      await once(child.lines, "line");
      await new Promise((resolve) => setTimeout(resolve, random() * 30));
      child.process.kill("SIGKILL");
      await child.ended;
      const cache = openCache(place);
      const before = performance.now();
      try {
        const key = keyOf(id);
        await cache.withLock(key, async () => void (await entriesOf(cache, key)));
      } catch (error) {
        if (error.detail === "cache_locked") stuck++;
        else broken++;
      }
      slowestLockInMs = Math.max(slowestLockInMs, performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: victims }, (_, slot) => loop(slot)));
  const cache = openCache(place);
  const together = await entriesOf(cache);
  const listed = new Set(await keysIn(cache));
  let lost = 0;
  let unlisted = 0;
  let writes = 0;
  for (const [id, n] of acknowledged) {
    writes += n;
    const entries = values.apart ? await entriesOf(cache, keyOf(id)) : together;
    if (!(entries[id] >= n)) lost++;
    if (values.apart && !listed.has(keyOf(id))) unlisted++;
  }
  const temporaryFiles = readdirSync(place[0], { recursive: true }).filter((name) =>
    name.endsWith(".tmp"),
  ).length;
  report(place, {
    kills,
    victims,
    seed: Number(values.seed),
    writes,
    lost: lost + unlisted,
    broken: broken + corruptFiles(place),
    stuck,
    slowestLockInMs: Number(slowestLockInMs.toFixed(1)),
    temporaryFiles,
  });
}

/** Saves until it is ended, and says each time that it has saved. */
async function victim(id, key, ...place) {
  const cache = openCache(place);
  for (let n = 1; ; n++) {
    await addEntry(cache, id, n, key);
    console.log(n);
  }
}

// ── what all do

/** A folder, and the key that the first save in it has made. */
async function newPlace() {
  const directory = mkdtempSync(join(tmpdir(), "entrada-stress-"));
  let key;
  const keyStore = {
    read: async () => key,
    write: async (made) => void (key = made),
    remove: async () => {},
  };
  await addEntry(persistentTokenCache({ name: NAME, directory, keyStore: () => keyStore }), "first", 0);
  return [directory, key];
}

/** All processes share one key; where a key is kept is not what is tried here. */
function openCache([directory, key]) {
  const keyStore = () => ({ read: async () => key, write: async () => {}, remove: async () => {} });
  return persistentTokenCache({ name: NAME, directory, keyStore });
}

/** Whose account a process saves. */
function keyOf(id) {
  return values.apart ? `client|authority|${id}` : KEY;
}

async function keysIn(cache) {
  return (await cache.list()).map(({ key }) => key);
}

async function entriesOf(cache, key = KEY) {
  const bytes = await cache.read(key);
  return bytes ? JSON.parse(Buffer.from(bytes).toString("utf8")) : {};
}

function addEntry(cache, id, value, key = KEY) {
  return cache.withLock(key, async () => {
    const entries = await entriesOf(cache, key);
    entries[id] = value;
    await cache.write(key, Buffer.from(JSON.stringify(entries)), `label ${value}`);
  });
}

function start(place, ...args) {
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [script, ...args.map(String), ...place], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return {
    process: child,
    lines: createInterface({ input: child.stdout }),
    ended: once(child, "close").then(([code]) => code),
  };
}

function corruptFiles([directory]) {
  return readdirSync(directory, { recursive: true }).filter((name) => name.includes(".corrupt-")).length;
}

function quantile(sorted, share) {
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
}

/** The same numbers from the same seed: Lehmer's generator. */
function randomFrom(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function report([directory], figures) {
  rmSync(directory, { recursive: true });
  console.log(JSON.stringify(figures));
  if (figures.lost || figures.broken || figures.badReads || figures.failed || figures.stuck)
    process.exitCode = 1;
}
