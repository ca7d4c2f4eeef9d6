import { TokenEngine } from "../engine/token-engine.ts";
import type { CreateEngineOptions } from "./create-engine.ts";
import { createFlowParts } from "./create-flow-parts.ts";

/** See `createEngine`. */
export async function buildEngine({ createFlow, ...options }: CreateEngineOptions): Promise<TokenEngine> {
  const parts = createFlowParts(options);
  const { settings, entra, events, clock } = parts;
  const flow = await createFlow(parts);
  return new TokenEngine({ settings, flow, events, clock, onDispose: () => entra.close() });
}
