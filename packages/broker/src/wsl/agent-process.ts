import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { FrameReader, frameOf } from "./frames.ts";
import type { AnswerMessage, CallMessage, CancelMessage, Greeting, RemoteError } from "./agent-messages.ts";

/** The helper ended before it had answered. */
export class HelperEnded extends Error {
  override name = "HelperEnded";
}

interface Waiting {
  readonly background: boolean;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** What the helper's call was refused with. */
export class HelperRefusal extends Error {
  readonly refusal: RemoteError;

  constructor(refusal: RemoteError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const LONGEST_TOLD = 2_000;

/** A helper that runs in Windows, as this process's child. It keeps no process alive, unless somebody waits for it. */
export class HelperProcess {
  /** What it says first. */
  readonly greeting: Promise<Greeting>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #ended: HelperEnded | undefined;
  #told = "";
  #greet!: { resolve(greeting: Greeting): void; reject(error: Error): void };

  /** @param cwd - a folder of Windows: one of Linux would be a share of the network to it */
  constructor(program: string, args: readonly string[], cwd: string) {
    this.greeting = new Promise((resolve, reject) => (this.#greet = { resolve, reject }));
    this.greeting.catch(() => {});
    // What is preloaded here is not there.
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env, cwd });
    this.#child = child;
    child.on("error", (cause) => this.#end("could not be started", cause));
    child.on("exit", (code, signal) => this.#end(`ended with ${signal ?? `code ${code}`}`));
    child.stdin.on("error", (cause) => this.#end("takes no more", cause));
    child.stdout.on("data", (piece: Buffer) => this.#hear(piece));
    // Before it greets nothing was asked of it, so there is nothing that must not be told.
    child.stderr.on("data", (piece: Buffer) => {
      this.#told = (this.#told + piece.toString("utf8")).slice(-LONGEST_TOLD);
    });
    this.greeting.then(
      () => (this.#told = ""),
      () => {},
    );
    this.#hold();
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** @throws HelperEnded, or HelperRefusal with what the call was refused with */
  call(
    method: CallMessage["method"],
    operation: CallMessage["operation"],
    background: boolean,
  ): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    const call = (this.#calls += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { background, resolve, reject });
      this.#hold();
      this.#send({ call, method, operation } satisfies CallMessage);
    });
  }

  cancel(operationId: number): void {
    if (!this.#ended) this.#send({ cancel: operationId } satisfies CancelMessage);
  }

  /** Ends it: its input ends. */
  close(): void {
    this.#child.stdin.end();
  }

  /** Lets the process end when nobody waits, except for what was asked in the background. */
  hold(isWaitedFor: boolean): void {
    const { stdin, stdout, stderr } = this.#child;
    for (const each of [this.#child, stdin, stdout, stderr] as readonly {
      ref?: () => void;
      unref?: () => void;
    }[]) {
      if (isWaitedFor) each.ref?.();
      else each.unref?.();
    }
  }

  #hold(): void {
    this.hold([...this.#waiting.values()].some(({ background }) => !background));
  }

  #send(message: object): void {
    this.#child.stdin.write(frameOf(message));
  }

  #hear(piece: Buffer): void {
    try {
      for (const message of this.#reader.read(piece)) this.#take(message);
    } catch (error) {
      this.#end("said what is no message", error as Error);
      this.#child.kill();
    }
  }

  #take(message: object): void {
    if ("hello" in message) this.#greet.resolve(message as Greeting);
    const answer = message as Partial<AnswerMessage>;
    const waiting = answer.answer === undefined ? undefined : this.#waiting.get(answer.answer);
    if (waiting === undefined || answer.answer === undefined) return;
    this.#waiting.delete(answer.answer);
    this.#hold();
    if ("error" in answer && answer.error) waiting.reject(new HelperRefusal(answer.error));
    else waiting.resolve("value" in answer ? answer.value : undefined);
  }

  #end(how: string, cause?: Error): void {
    if (this.#ended) return;
    const told = this.#told.trim();
    const message = `The helper in Windows ${how}${told === "" ? "." : `: ${told}`}`;
    this.#ended = new HelperEnded(message, cause === undefined ? undefined : { cause });
    this.#greet.reject(this.#ended);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
    this.#hold();
  }
}
