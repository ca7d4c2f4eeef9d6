import type { Flow } from "../flow/flow.ts";
import type { CreateFlowPartsOptions } from "./create-flow-parts-options.ts";
import type { FlowParts } from "./create-flow-parts.ts";

export interface CreateEngineOptions extends CreateFlowPartsOptions {
  /**
   * Whether what `settings.tokenCache` has is what the flow's `silent` would answer first, as that of a flow over Entra
   * does: then the first call looks there, and a token that is there is served without the engine and the flow.
   * @defaultValue false
   */
  isServedFromCache?: boolean | undefined;
  /** Called at the first call: a flow that is imported here, and not before, costs nothing until it is used. */
  createFlow: (parts: FlowParts) => Flow | Promise<Flow>;
}
