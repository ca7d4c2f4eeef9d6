import { oneOfProcess } from "../one-of-process.ts";
import type { BrokerSurroundings } from "./broker-surroundings.ts";

type Env = BrokerSurroundings["env"];

/** Whether somebody offers the broker of Linux: `undefined` where that cannot be found out without waiting for it. */
export type Offer = "offered" | "missing" | "no_bus" | undefined;

const NAME = "com.microsoft.identity.broker1";
const LIMIT_IN_MS = 2_000;
// A package may be installed, and a broker started.
const REMEMBERED_FOR_IN_MS = 60_000;

/** What the bus said last. */
interface Remembered {
  bus: string;
  until: number;
  offer: Offer;
}

/**
 * Looks whether the broker of Linux is offered, at once: a service file tells, else the bus, which a thread asks while
 * this one waits. Nothing is started.
 */
export function offeredBroker(env: Env): Offer {
  const { existsSync } = process.getBuiltinModule("node:fs");
  if (serviceFolders(env).some((folder) => existsSync(`${folder}/${NAME}.service`))) return "offered";
  const bus = JSON.stringify([env["DBUS_SESSION_BUS_ADDRESS"], env["XDG_RUNTIME_DIR"]]);
  const now = Date.now();
  const remembered = oneOfProcess<Remembered>("offer", () => ({ bus: "", until: 0, offer: undefined }));
  if (remembered.bus === bus && now < remembered.until) return remembered.offer;
  const offer = askBus(env);
  Object.assign(remembered, { bus, until: now + REMEMBERED_FOR_IN_MS, offer } satisfies Remembered);
  return offer;
}

// D-Bus Specification, "Message Bus Starting Services".
function serviceFolders(env: Env): readonly string[] {
  const { XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: data, XDG_DATA_DIRS: shared, HOME: home } = env;
  return [
    ...(runtime ? [runtime] : []),
    ...(data ? [data] : home ? [`${home}/.local/share`] : []),
    ...(shared || "/usr/local/share:/usr/share").split(":"),
  ].map((folder) => `${folder}/dbus-1/services`);
}

const ANSWERS: readonly Offer[] = [undefined, "offered", "missing", "no_bus"];
const ASK_BUS = `
  const { answer, dbus, env, name } = require("node:worker_threads").workerData;
  const ask = async () => {
    const { BUS, SessionBus, sessionBusPaths } = await import(dbus);
    for (const path of sessionBusPaths(env)) {
      const bus = await SessionBus.connect(path).catch(() => undefined);
      if (!bus) continue;
      try {
        const [owned] = await bus.call({ ...BUS, member: "NameHasOwner", signature: "s", values: [name] });
        const [names] = await bus.call({ ...BUS, member: "ListActivatableNames" });
        return owned || names.includes(name) ? 1 : 2;
      } finally {
        bus.close();
      }
    }
    return 3;
  };
  ask().catch(() => 0).then((word) => {
    Atomics.store(answer, 0, word);
    Atomics.store(answer, 1, 1);
    Atomics.notify(answer, 1);
  });`;

function askBus({ DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR }: Env): Offer {
  const answer = new Int32Array(new SharedArrayBuffer(8));
  try {
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const dbus = import.meta.resolve("@entrada/core/dbus");
    const workerData = { answer, dbus, name: NAME, env: { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } };
    const worker = new Worker(ASK_BUS, { eval: true, workerData, execArgv: [], stdout: true, stderr: true });
    // What it could not do is no answer; it must not end the process.
    worker.on("error", () => {});
    worker.unref();
    Atomics.wait(answer, 1, 0, LIMIT_IN_MS);
    void worker.terminate();
  } catch {
    // Bundled into one file, or threads are not allowed: the first question to the broker tells.
  }
  return ANSWERS[answer[0] ?? 0];
}
