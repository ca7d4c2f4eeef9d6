import { allocation } from "./allocation.ts";
import { brokerCalls } from "./broker-calls.ts";
import { brokers } from "./brokers.ts";
import { browserSignIn } from "./browser-sign-in.ts";
import { bundle } from "./bundle.ts";
import { cliToken } from "./cli-token.ts";
import { deviceCodeSignIn } from "./device-code-sign-in.ts";
import { importCost } from "./import-cost.ts";
import { installation } from "./installation.ts";
import { manyTokens } from "./many-tokens.ts";
import { persistedCache } from "./persisted-cache/persisted-cache.ts";
import { secondProcess } from "./second-process.ts";
import { warmCalls } from "./warm-calls.ts";
import type { Work } from "./work.ts";

/** In the order of the table. */
export const allWorks: readonly Work[] = [
  importCost,
  deviceCodeSignIn,
  browserSignIn,
  secondProcess,
  cliToken,
  warmCalls,
  manyTokens,
  allocation,
  installation,
  bundle,
  persistedCache,
  brokerCalls,
  brokers,
];
