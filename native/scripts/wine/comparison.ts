import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ComparisonCase, MeantDifference } from "../../test/differential/comparison-case.ts";
import { root, winePath } from "./paths.ts";
import type { WamHost } from "./wam-host.ts";

const package_ = join(root, "node_modules", "@azure", "msal-node-runtime");

/** Properties by which Microsoft's runtime names itself and asks for telemetry. We name ourselves, and ask for none. */
const identity = [
  "telemetry",
  "x-client-SKU",
  "x-client-src-SKU",
  "x-client-OS",
  "x-client-Ver",
  "x-client-xtra-sku",
];

interface Call {
  readonly call: string;
  readonly scope?: string;
  readonly window?: number;
  readonly properties?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** Whether Microsoft's runtime is here to be compared with. */
export function hasMicrosoftRuntime(): boolean {
  return existsSync(join(package_, "dist", "windows", "x64"));
}

/**
 * Runs a case by both sides on the same fake and compares what they called, argument by argument.
 *
 * @throws AssertionError where they differ in a way that the case does not name.
 */
export async function compare(
  host: WamHost,
  { name, leftOut = [], added = [] }: ComparisonCase,
): Promise<void> {
  const microsoft = await callsOf(host, "microsoft", name);
  const ours = await callsOf(host, "ours", name);
  assert.ok(ours.length > 0, "nothing was called");
  assert.deepEqual(without(ours, added), without(microsoft, leftOut));
}

async function callsOf(host: WamHost, side: "microsoft" | "ours", name: string): Promise<readonly Call[]> {
  forgetTokens(host.prefix.folder);
  rmSync(host.journal, { force: true });
  const { code, stdout, stderr } = await host.run(join("test", "differential", "run-side.ts"), {
    arguments: [side, name],
    env: { MSAL_NODE_RUNTIME: winePath(realpathSync(package_)) },
  });
  assert.equal(code, 0, `${side}: ${stdout}${stderr}`);
  const { window, violations } = JSON.parse(stdout) as { window: number; violations: number };
  assert.equal(violations, 0, `${side} broke ${violations} rules`);
  return readFileSync(host.journal, "utf8")
    .trim()
    .split("\n")
    .map((line) => comparable(JSON.parse(line) as Call, window));
}

// The runtime answers from its own store when it can, and then WAM is never asked.
function forgetTokens(prefix: string): void {
  const users = join(prefix, "drive_c", "users");
  for (const user of readdirSync(users)) {
    const store = join(users, user, "AppData", "Local", "Microsoft", "IdentityCache");
    rmSync(store, { recursive: true, force: true });
  }
}

// The order of scopes and of properties means nothing, and the window has another number in each process.
function comparable({ scope, window, properties, ...rest }: Call, given: number): Call {
  return {
    ...rest,
    ...(scope === undefined ? {} : { scope: scope.split(" ").sort().join(" ") }),
    ...(window === undefined ? {} : { window: window === given ? 0 : window }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties)
              .filter(([key]) => !identity.includes(key))
              .sort(([one], [other]) => (one < other ? -1 : 1)),
          ),
        }),
  };
}

function without(calls: readonly Call[], differences: readonly MeantDifference[]): readonly Call[] {
  const removed = differences.map(({ call, occurrence }) => {
    const found = calls.filter((one) => one.call === call)[occurrence - 1];
    assert.ok(found, `${call} number ${occurrence} is not called any more`);
    return found;
  });
  return calls.filter((call) => !removed.includes(call));
}
