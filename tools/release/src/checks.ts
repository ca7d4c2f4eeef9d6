import type { Failure, LeftCounts } from "../../check/src/counts-file.ts";

/** Counts what held and what did not, and prints each with its time. */
export class Checks {
  #passed = 0;
  readonly #failures: Failure[] = [];

  /** Runs one check. An error is a failure: it is printed, and the rehearsal goes on. */
  async check(name: string, work: () => void | Promise<void>): Promise<void> {
    const started = performance.now();
    let problem: unknown;
    try {
      await work();
      this.#passed += 1;
    } catch (error) {
      problem = error;
      this.#failures.push({ name, why: textOf(error) });
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${problem === undefined ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
    if (problem !== undefined) console.log(textOf(problem).replaceAll(/^/gm, "       "));
  }

  /** Runs one check that the rest builds on. @throws what it throws, after counting it */
  async need<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const result: { value?: T; error?: unknown } = {};
    await this.check(name, async () => {
      try {
        result.value = await work();
      } catch (error) {
        result.error = error;
        throw error;
      }
    });
    if ("error" in result) throw new Unneeded(name);
    return result.value as T;
  }

  /** None is skipped: what builds on a failed check is not tried, and is in no count. */
  get counts(): LeftCounts {
    return {
      passed: this.#passed,
      failed: this.#failures.length,
      skipped: 0,
      failures: [...this.#failures],
    };
  }
}

/** The rest was not tried, since what it builds on had failed. */
export class Unneeded extends Error {
  override readonly name = "Unneeded";
  constructor(check: string) {
    super(`Nothing after "${check}" was tried.`);
  }
}

function textOf(problem: unknown): string {
  return problem instanceof Error ? problem.message.trimEnd() : String(problem);
}
