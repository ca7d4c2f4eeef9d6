import { ChildProcess } from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Server, Socket } from "node:net";
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

// Whatever writes, opens or sends comes by one of these, whoever imported which name.
const WAYS_OUT: readonly (readonly [word: string, owner: object, names: readonly string[]])[] = [
  ["log", console, ["debug", "error", "info", "log", "trace", "warn"]],
  ["log", process.stdout, ["write"]],
  ["log", process.stderr, ["write"]],
  ["warning", process, ["emitWarning"]],
  ["socket", Socket.prototype, ["connect"]],
  ["listener", Server.prototype, ["listen"]],
  ["child", ChildProcess.prototype, ["spawn"]],
  [
    "file",
    fs,
    ["mkdir", "mkdirSync", "open", "openSync", "rename", "renameSync", "writeFile", "writeFileSync"],
  ],
  ["file", fs.promises, ["mkdir", "open", "rename", "writeFile"]],
];

/** Listens for what is opened, sent, written, logged and told until the test ends. */
export function listenForAnything(): Quiet {
  const heard: string[] = [];
  const note = (word: string) => (): never => {
    heard.push(word);
    throw new Error(`unexpected: ${word}`);
  };
  const spies = WAYS_OUT.flatMap(([word, owner, names]) =>
    names.map((name) =>
      vi.spyOn(owner as Record<string, () => unknown>, name).mockImplementation(note(word)),
    ),
  );
  syncBuiltinESMExports();
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
    syncBuiltinESMExports();
  });
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
