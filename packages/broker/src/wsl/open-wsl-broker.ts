import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isAuthenticationError } from "@entrada/core/credential";
import { withinTime, type Clock } from "@entrada/core/flow";
import type { WamLoadFailure, WamProbe, WamTransport } from "@entrada/wam";
import { addonsHere } from "../availability/addon-for-windows.ts";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import { probedBroker } from "../availability/find-broker.ts";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { oneOfProcess } from "../one-of-process.ts";
import { HelperProcess } from "./agent-process.ts";
import type { Greeting } from "./agent-messages.ts";
import { WslTransport, type GreetedHelper } from "./wsl-transport.ts";

export interface OpenWslBrokerOptions {
  /** The Node.js of Windows. */
  readonly node: string;
  readonly clock: Clock;
}

/** A Node.js on a disk of Windows that sleeps, and a native module that a virus scanner has not seen yet. */
const START_IN_MS = 20_000;

/** One helper serves all credentials and plugins of the process: by its Node.js, what stands or comes. */
function helpersOfProcess(): Map<string, Promise<WamTransport>> {
  return oneOfProcess("wslHelpers", () => new Map());
}

/**
 * The broker of the Windows outside: its helper is started on first use, and once for a process.
 * @throws CredentialUnavailableError where it does not start, and where Windows has no broker for it
 */
export async function openWslBroker(
  options: OpenWslBrokerOptions,
): Promise<Extract<ReturnType<typeof probedBroker>, { readonly kind: "wam" }>> {
  const { node } = options;
  const opened = helpersOfProcess();
  const opening =
    opened.get(node) ?? started(options).then((first) => new WslTransport(first, () => started(options)));
  opened.set(node, opening);
  const transport = await opening.catch((error: unknown) => {
    // Whoever has begun anew meanwhile keeps what he began.
    if (opened.get(node) === opening) opened.delete(node);
    throw error;
  });
  const search = probedBroker(transport);
  if (!search.found) throw brokerUnavailable(search);
  return search;
}

async function started({ node, clock }: OpenWslBrokerOptions): Promise<GreetedHelper> {
  let helper: HelperProcess | undefined;
  const start = async (): Promise<readonly [HelperProcess, Greeting]> => {
    const [script = "", ...addons] = await Promise.all([agent(), ...addonsHere()].map(windowsPath));
    helper = new HelperProcess(node, [...AS_IT_LIES, script, ...addons], dirname(node));
    // Somebody waits for it.
    helper.hold(true);
    const greeting = await helper.greeting;
    helper.hold(false);
    return [helper, greeting];
  };
  const never = new AbortController().signal;
  const tooLate = (): Error => new Error(`It did not start within ${START_IN_MS / 1000} s.`);
  try {
    const [ready, greeting] = await withinTime(
      { clock, limitInMs: START_IN_MS, signal: never, tooLate },
      start,
    );
    if ("probe" in greeting) return { helper: ready, greeting };
    throw unusable(greeting);
  } catch (cause) {
    helper?.close();
    helper?.hold(false);
    throw isAuthenticationError(cause) ? cause : brokerUnavailable({ detail: "wsl_helper_failed", cause });
  }
}

/** What is missing in Windows; else how its own loader says it. */
function unusable({ unloadable, message }: Exclude<Greeting, { readonly probe: WamProbe }>): Error {
  const cause = new Error(message);
  const detail = REASONS_OF_HELPER[unloadable];
  return detail === undefined ? cause : brokerUnavailable({ detail, cause });
}

const REASONS_OF_HELPER: Readonly<Partial<Record<WamLoadFailure, BrokerUnavailableReason>>> = {
  binary_missing: "wsl_addon_missing",
  binary_of_another_release: "wsl_addon_of_another_release",
};

// The paths are those of the files themselves; Windows need not follow links of Linux.
const AS_IT_LIES = ["--preserve-symlinks", "--preserve-symlinks-main"];

function agent(): string {
  const own = import.meta.resolve("@entrada/broker/package.json");
  return realpathSync(fileURLToPath(new URL("dist/wsl/windows-agent.mjs", own)));
}

/** A path of Linux as Windows knows it. */
function windowsPath(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("wslpath", ["-w", path], (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout.trim());
    });
  });
}
