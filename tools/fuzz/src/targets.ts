/** Something that reads what others have written, and how often it is tried. */
export interface FuzzTarget {
  readonly name: string;
  /** The test, as seen from the root. */
  readonly file: string;
  /** For each pull request, and with `npm test`. */
  readonly short: number;
  readonly nightly: number;
}

const CORE = "packages/core/src";
const target = (name: string, file: string, short: number, nightly: number): FuzzTarget => ({
  name,
  file,
  short,
  nightly,
});

export const TARGETS: readonly FuzzTarget[] = [
  target("listener", `${CORE}/loopback/loopback-listener.fuzz.test.ts`, 20_000, 1_000_000),
  target("token-answers", `${CORE}/tokens/token-answer.fuzz.test.ts`, 50_000, 1_000_000),
  target("device-answers", "packages/device-code/src/device-code-sign-in.fuzz.test.ts", 20_000, 200_000),
  target("cache-documents", `${CORE}/cache/blob/blob-document.fuzz.test.ts`, 10_000, 200_000),
  target("cache-files", "packages/cache/src/sealed/sealed-format.fuzz.test.ts", 10_000, 200_000),
  target("challenges", `${CORE}/tokens/claims-challenge.fuzz.test.ts`, 20_000, 200_000),
  target("opener-urls", `${CORE}/browser/open-browser.fuzz.test.ts`, 2_000, 50_000),
  target("pasted-answers", `${CORE}/paste/pasted-answer.fuzz.test.ts`, 20_000, 200_000),
  target("wam-answers", "packages/broker/src/wam/broker-answer.fuzz.test.ts", 20_000, 200_000),
  target("linux-broker-answers", "packages/broker/src/linux/linux-answer.fuzz.test.ts", 20_000, 200_000),
  target("native-values", "native/test/values.fuzz.test.ts", 50_000, 5_000_000),
  target("native-queue", "native/test/queue.fuzz.test.ts", 1_000, 100_000),
];

/** @throws Error that names all targets where none has this name */
export function targetOf(name: string): FuzzTarget {
  const found = TARGETS.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = TARGETS.map((one) => one.name).join(", ");
  throw new Error(`Nothing to fuzz is called "${name}"; write one of: ${names}`);
}
