import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@entrada/emulator";

/** A program of `bench/limits/programs` in a process of its own, which says lines of JSON. */
export interface Child extends Disposable {
  readonly pid: number;
  /** Its home, where its temporary files are, too. */
  readonly folder: string;
  /** What it has written, as text. */
  readonly written: () => string;
  /** The next line that it says. @throws Error where it ends without one */
  next(): Promise<Readonly<Record<string, unknown>>>;
  ask(question: string): void;
  readonly ended: Promise<{ readonly code: number | null }>;
}

export interface ChildOptions {
  readonly program: string;
  readonly emulator: Emulator;
  readonly arguments?: readonly string[];
  readonly nodeArguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** It trusts the emulator, and has a folder of its own for temporary files. */
export function startChild({ program, emulator, environment, ...options }: ChildOptions): Child {
  const folder = mkdtempSync(join(tmpdir(), "entrada-limits-"));
  writeFileSync(join(folder, "ca.pem"), emulator.certificateAuthority);
  const file = fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url));
  const child = spawn(
    process.execPath,
    [...(options.nodeArguments ?? []), file, ...(options.arguments ?? [])],
    {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        TMPDIR: folder,
        NODE_EXTRA_CA_CERTS: join(folder, "ca.pem"),
        AUTHORITY: emulator.authorityHost,
        ...environment,
      },
    },
  );
  let written = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (written += chunk.toString()));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null }));
  return {
    pid: child.pid!,
    folder,
    written: () => written,
    ended,
    ask: (question) => void child.stdin.write(`${question}\n`),
    async next() {
      for (;;) {
        const { done, value } = await lines.next();
        if (done === true) throw new Error(`${program} ended without another line: ${written}`);
        if (value.startsWith("{")) return JSON.parse(value) as Record<string, unknown>;
      }
    },
    [Symbol.dispose]() {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
