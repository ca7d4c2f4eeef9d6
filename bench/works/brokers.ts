import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { ADA } from "../../packages/broker/test/fake-account.ts";
import { FakeLinuxBroker } from "../../packages/broker/test/linux/fake-linux-broker.ts";
import { hasBus, startBus } from "../../packages/broker/test/linux/private-bus.ts";
import { fakeWindows } from "../../packages/broker/test/wsl/fake-windows.ts";
import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { row, type Row } from "../report/row.ts";
import { createBrowser } from "../stage/browser.ts";
import { ROOT } from "../stage/folders.ts";
import { windowsStart } from "./windows-start.ts";
import type { Stage, Work } from "./work.ts";

/** One after the other, each for another resource. */
const CALLS = 500;

interface Served {
  readonly tokenInMs: number;
  /** Of a silent request. */
  readonly callInMicroseconds: number;
}

const WAYS = {
  linux: "the broker of Linux over D-Bus",
  wsl: "the broker of Windows from WSL, over the pipe of its helper",
  browser: "the browser, in the place of a broker",
} as const;

/** The brokers that are asked without the addon in this process, the one of Windows, and the browser that takes over. */
export const brokers: Work = {
  name: "brokers",
  async measure(stage): Promise<readonly Row[]> {
    const ofWindows = await windowsStart(stage);
    if (!hasBus) return [...ofWindows, ...binaries()];
    await using bus = await startBus();
    const broker = new FakeLinuxBroker();
    broker.accounts = [ADA];
    await broker.start(bus.path);
    await using windows = await fakeWindows();
    using browser = createBrowser(stage.authority.folder(), stage.authority.open);
    const rounds = await inTurn(stage.rounds, {
      linux: served(stage, { ...bus.env, DISPLAY: ":0" }),
      wsl: served(stage, windows.env),
      browser: served(
        stage,
        { ...stage.authority.environment, ...browser.environment, ENTRADA_DISABLE_BROKER: "1" },
        0,
      ),
    });
    broker.stop();
    const names = ["linux", "wsl", "browser"] as const;
    return [
      ...names.map((name) =>
        row({
          work: `process start → token (${WAYS[name]})`,
          unit: "ms",
          rounds,
          entrada: (round) => round[name].tokenInMs,
          note: NOTES[name],
        }),
      ),
      ...names.slice(0, 2).map((name) =>
        row({
          work: `${WAYS[name]}: silent tokens a second`,
          unit: "number",
          rounds,
          entrada: (round) => 1e6 / round[name].callInMicroseconds,
          note: `${NOTES[name]}; one after the other`,
        }),
      ),
      ...ofWindows,
      ...binaries(),
    ];
  },
};

const NOTES = {
  linux:
    "on a bus of its own, against a broker in JavaScript that answers at once; two calls over the bus each",
  wsl: "the Node.js of Windows is another Node.js of this machine, with a WAM in JavaScript that answers at once",
  browser: "against the emulator, by a person who is a script",
} as const;

function served(
  { applications }: Stage,
  environment: Readonly<Record<string, string>>,
  calls: number = CALLS,
): () => Promise<Served> {
  return async () => {
    const run = await runProgram({
      application: applications.entrada,
      program: "broker/token",
      environment,
      arguments: [String(calls)],
    });
    return { tokenInMs: run.at("token"), callInMicroseconds: run.figure("calls", "microseconds") };
  };
}

/** The addon as this machine compiles it, where it has. */
function binaries(): readonly Row[] {
  return ["x64", "ia32", "arm64"].flatMap((architecture) => {
    const file = join(ROOT, "native", "prebuilds", `win32-${architecture}`, "wam.node");
    if (!existsSync(file)) return [];
    return row({
      work: `the addon for Windows on ${architecture}`,
      unit: "kB",
      rounds: [statSync(file).size / 1000],
      entrada: (size) => size,
      goal: { atMost: 460.8 },
      note: "by the compilers on Linux; one of them is loaded",
    });
  });
}
