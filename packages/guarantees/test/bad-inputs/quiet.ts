import { onTestFinished, vi } from "vitest";

/** Whatever a refused input must not lead to. */
export interface Quiet {
  /** What it led to all the same, a word each. */
  readonly heard: readonly string[];
  /** Options of a credential that tell when they are used. */
  readonly options: {
    readonly fetch: typeof fetch;
    readonly openBrowser: () => void;
    readonly onEvent: () => void;
    readonly userPromptCallback: () => void;
    readonly tokenCache: object;
  };
}

/** Listens for what is opened, sent, written, logged and told until the test ends. */
export function listenForAnything(): Quiet {
  const heard: string[] = [];
  const note = (word: string) => (): never => {
    heard.push(word);
    throw new Error(`unexpected: ${word}`);
  };
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, "write").mockImplementation(() => heard.push("log") > 0);
    onTestFinished(() => spy.mockRestore());
  }
  const told = vi.spyOn(process, "emitWarning").mockImplementation(() => void heard.push("warning"));
  onTestFinished(() => told.mockRestore());
  const store = Object.fromEntries(
    ["list", "read", "write", "remove", "clear", "withLock", "watch"].map((name) => [name, note(name)]),
  );
  return {
    heard,
    options: {
      fetch: note("fetch"),
      openBrowser: note("browser"),
      onEvent: note("event"),
      userPromptCallback: note("prompt"),
      tokenCache: store,
    },
  };
}
