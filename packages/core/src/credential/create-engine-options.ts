import type { Flow } from "../flow/flow.ts";
import type { CreateFlowPartsOptions, FlowParts } from "./create-flow-parts.ts";

export interface CreateEngineOptions extends CreateFlowPartsOptions {
  /** Called at the first call: a flow that is imported here, and not before, costs nothing until it is used. */
  createFlow: (parts: FlowParts) => Flow | Promise<Flow>;
}
