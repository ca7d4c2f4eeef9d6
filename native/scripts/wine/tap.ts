/** What came of the tests of a file, as the runner of Node.js writes it (Test Anything Protocol, version 13). */
export interface TapResult {
  readonly passed: number;
  /** The tests that failed, each with what the runner says of it. */
  readonly failed: readonly { readonly name: string; readonly why: string }[];
  /** What the tests have measured. */
  readonly notes: readonly string[];
}

/** @param output what `node --test-reporter=tap` has written; of a process that was cut short, what there is of it */
export function tapOf(output: string): TapResult {
  const text = output.replaceAll("\r\n", "\n");
  const failures = text.matchAll(/^not ok \d+ - (.*)\n((?: {2}.*\n)*)/gm);
  return {
    passed: Number(/^# pass (\d+)$/m.exec(text)?.[1] ?? 0),
    failed: Array.from(failures, ([, name = "", why = ""]) => ({ name: unescaped(name), why })),
    notes: Array.from(text.matchAll(/^# (\d[\d,]* .*;.*)$/gm), ([, note = ""]) => note),
  };
}

// In a name the runner escapes what TAP would take for the begin of a directive.
function unescaped(name: string): string {
  return name.replaceAll(/\\([#\\])/g, "$1");
}
