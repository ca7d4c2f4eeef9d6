import assert from "node:assert/strict";
import type { Chain } from "./chain.ts";
import type { PersonKind } from "./minted-answer.ts";

export const storage = "https://storage.azure.com/.default";

/** Runs an example of the documentation as a person with this answer of WAM gets it. */
export async function listContainers(
  chain: Chain,
  {
    credential = {},
    scope = storage,
    person = "work",
    more = {},
    example = "list-containers",
    from = "windows",
  }: {
    readonly credential?: object;
    readonly scope?: string;
    readonly person?: PersonKind;
    /** What WAM does besides. */
    readonly more?: Readonly<Record<string, string>>;
    /** Which of the documentation's examples. */
    readonly example?: string;
    /** Where the program runs. */
    readonly from?: "windows" | "wsl";
  },
): Promise<{
  readonly containers: readonly string[];
  readonly error: Readonly<Record<string, unknown>> | undefined;
  readonly code: number | null;
  readonly calls: readonly string[];
}> {
  const scenario = { ...(await chain.answer(scope, person)), ...more };
  const before = chain.azure.emulator.requests.length;
  const { code, lines, stderr, calls } = await chain.run("example.ts", {
    scenario,
    arguments: [chain.azure.accountUrl, example],
    credential,
    from,
  });
  assert.equal(
    chain.azure.emulator.requests.length,
    before,
    "Windows asks the authority, not the application",
  );
  // Anything but the program's own line, such as a module that is not found, is no outcome of a case.
  assert.match(stderr, /^(\{.*\}\s*)?$/);
  const error = stderr === "" ? undefined : (JSON.parse(stderr) as Readonly<Record<string, unknown>>);
  return { containers: lines, error, code, calls };
}
