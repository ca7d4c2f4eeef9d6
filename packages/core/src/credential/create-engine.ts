import type { Engine } from "../engine/engine.ts";
import { LazyEngine } from "./lazy-engine.ts";
import type { CreateFlowPartsOptions, FlowParts } from "./create-flow-parts.ts";
import type { Flow } from "../flow/flow.ts";

export interface CreateEngineOptions extends CreateFlowPartsOptions {
  /** Called at the first call: a flow that is imported here, and not before, costs nothing until it is used. */
  readonly createFlow: (parts: FlowParts) => Flow | Promise<Flow>;
}

/** Puts a credential together: settings go down once, here. Does no I/O, and loads nothing before the first call. */
export function createEngine(options: CreateEngineOptions): Engine {
  return new LazyEngine(async () => {
    const { openEngine } = await import("./open-engine.ts");
    return openEngine(options);
  });
}
