import { TokenEngine } from "../engine/token-engine.ts";
import type { CreateEngineOptions } from "./create-engine-options.ts";
import { createFlowParts } from "./create-flow-parts.ts";

/** What a token that is in the cache already is got with: all that it takes, and nothing that asks the authority. */
export async function openEngine(options: CreateEngineOptions): Promise<TokenEngine> {
  const parts = createFlowParts(options);
  const { settings, entra, events, clock } = parts;
  const flow = await options.createFlow(parts);
  return new TokenEngine({ settings, flow, events, clock, onDispose: () => entra.close() });
}
