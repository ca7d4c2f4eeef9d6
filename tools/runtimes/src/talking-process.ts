import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

export interface TalkingProcessOptions {
  readonly cwd: string;
  /** All of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A program that speaks in lines of JSON, and may be spoken to. */
export class TalkingProcess implements AsyncDisposable {
  readonly #command: string;
  readonly #child;
  readonly #closed: Promise<unknown[]>;
  readonly #errors: Promise<string>;
  readonly #lines: AsyncIterator<string>;

  constructor([program, ...args]: readonly [string, ...string[]], options: TalkingProcessOptions) {
    this.#command = [program, ...args].join(" ");
    this.#child = spawn(program, args, { cwd: options.cwd, env: { ...options.environment } });
    this.#closed = once(this.#child, "close");
    this.#errors = text(this.#child.stderr);
    // It may end before it has read what it is told.
    this.#child.stdin.on("error", () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** What it says next. @throws Error with what it wrote besides, where it says no more */
  async next<T>(): Promise<T> {
    const line = await this.#lines.next();
    if (line.done !== true) return JSON.parse(line.value) as T;
    const [code, signal] = await this.#closed;
    throw new Error(`${this.#command} ended with ${String(code ?? signal)}\n${await this.#errors}`);
  }

  tell(what: object): void {
    this.#child.stdin.write(`${JSON.stringify(what)}\n`);
  }

  /** Ends its input, and waits until it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    await this.#closed;
  }
}
