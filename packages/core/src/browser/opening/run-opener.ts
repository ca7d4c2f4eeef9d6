import type { ChildProcess, SpawnOptions } from "node:child_process";
import type { Clock } from "../../clock.ts";
import { AbortError, throwIfAborted } from "../../errors/abort-error.ts";
import { provesFailure } from "./exit-codes.ts";
import type { Opener } from "./find-openers.ts";

/** The part of `child_process.spawn` that is used: a program, its arguments, no shell. */
export type Spawn = (file: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/** How an opener fared in the time it was watched. */
export type OpenerEnd =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly why: string;
      /** Whether it is certain that no page was opened: a program may open one and end with any code. */
      readonly proven: boolean;
      readonly cause?: Error;
    };

export interface OpenerRun {
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly spawn: Spawn;
  readonly clock: Clock;
  /** How long to watch, in ms. What still runs then counts as a browser. */
  readonly watchInMs: number;
  readonly signal: AbortSignal;
}

/**
 * Starts an opener on its own: it has none of our streams and outlives us. An abort ends it, too.
 * @throws AbortError
 */
export function runOpener(opener: Opener, run: OpenerRun): Promise<OpenerEnd> {
  throwIfAborted(run.signal);
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = run.spawn(opener.file, opener.args(run.url), {
        detached: true,
        stdio: "ignore",
        shell: false,
        windowsHide: true,
        env: withoutBrowserVariable(run.env),
      });
    } catch (error) {
      resolve(notStarted(opener, error as Error));
      return;
    }
    child.unref();
    const watch = run.clock.after(run.watchInMs, () => settle(() => resolve({ ok: true })));
    const onAbort = (): void => {
      child.kill();
      settle(() => reject(new AbortError(run.signal)));
    };
    const settle = (end: () => void): void => {
      watch.cancel();
      run.signal.removeEventListener("abort", onAbort);
      end();
    };
    run.signal.addEventListener("abort", onAbort, { once: true });
    child.once("error", (error) => settle(() => resolve(notStarted(opener, error))));
    child.once("exit", (code, signal) =>
      settle(() =>
        resolve(
          code === 0
            ? { ok: true }
            : {
                ok: false,
                why: `${opener.name} ended with ${signal ?? `exit code ${code}`}`,
                proven: provesFailure(opener.name, code),
              },
        ),
      ),
    );
  });
}

// Node puts the arguments into its error, and so the sign-in URL, whose query nobody else is to see.
function notStarted({ name }: Opener, cause: Error & { spawnargs?: unknown }): OpenerEnd {
  delete cause.spawnargs;
  return { ok: false, why: `${name} could not be started`, proven: true, cause };
}

// xdg-open and its kin read BROWSER too, and some of them let a shell read it.
function withoutBrowserVariable(env: OpenerRun["env"]): NodeJS.ProcessEnv {
  const { BROWSER: _, ...rest } = env;
  return rest;
}
