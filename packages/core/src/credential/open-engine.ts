import { TokenEngine } from "../engine/token-engine.ts";
import type { CreateEngineOptions } from "./create-engine-options.ts";
import { flowPartsOf } from "./create-flow-parts.ts";
import { CredentialState } from "./credential-state.ts";

/** Puts the engine together, and nothing yet that asks the authority. */
export async function openEngine(
  options: CreateEngineOptions,
  state: CredentialState = new CredentialState(options),
): Promise<TokenEngine> {
  const parts = flowPartsOf(state);
  const { settings, clock, events, session } = state;
  const flow = await options.createFlow(parts);
  return new TokenEngine({ settings, flow, events, clock, session, onDispose: () => parts.entra.close() });
}
