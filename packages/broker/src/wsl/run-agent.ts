import { read, write } from "node:fs";
import type { WamLoadResult } from "@entrada/wam";
import { FrameReader, frameOf } from "./frames.ts";
import type { Greeting } from "./agent-messages.ts";
import { serveTransport } from "./serve-transport.ts";

const INPUT = 0;
const OUTPUT = 1;

/**
 * Does what the program in WSL asks: framed messages come on standard input and go on standard output. The process ends
 * when the input ends.
 * @param loaded - the Web Account Manager, or why it cannot be asked, which is all that is said then
 */
export function runAgent(loaded: WamLoadResult): void {
  // Who typed it means the program in front.
  process.on("SIGINT", () => {});
  // An orderly end would wait for the input, whose reader waits for more.
  process.on("uncaughtException", () => process.kill(process.pid, "SIGKILL"));
  if (!loaded.available) {
    send({ hello: 1, unloadable: loaded.reason, message: loaded.message } satisfies Greeting);
    listen(() => {});
    return;
  }
  const { transport } = loaded;
  const { handle, source } = transport.resolveWindowHandle("console");
  const window = { handle: String(handle), source };
  send({ hello: 1, probe: transport.probe(), window } satisfies Greeting);
  listen((message) => serveTransport(transport, message, send));
}

let last: Promise<void> = Promise.resolve();

function send(message: object): void {
  const frame = frameOf(message);
  last = last.then(() => written(frame));
}

/** The whole of it. Without a reader there is nobody to tell that it failed, and the input ends soon. */
function written(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    write(OUTPUT, bytes, 0, bytes.length, null, (error, count) => {
      if (error || count === bytes.length) resolve();
      else resolve(written(bytes.subarray(count)));
    });
  });
}

/** Read as a file: what Node.js makes of a pipe as `process.stdin` differs between the ways in which it is begun. */
function listen(hear: (message: object) => void): void {
  const reader = new FrameReader();
  const buffer = Buffer.allocUnsafe(64 * 1024);
  const next = (): void => {
    read(INPUT, buffer, 0, buffer.length, null, (error, count) => {
      // Windows tells the end of a pipe as an error.
      if (error || count === 0) return process.exit(0);
      for (const message of reader.read(Buffer.from(buffer.subarray(0, count)))) hear(message);
      next();
    });
  };
  next();
}
