export { entraResourceServer } from "./server/entra-resource-server.ts";
export type {
  EntraResourceServer,
  EntraResourceServerOptions,
  NextFunction,
  ResourceMetadataDocument,
} from "./server/resource-server-contract.ts";
export type { TokenVerifier } from "./server/token-verifier.ts";
export { entraTokenVerifier } from "./server/entra-token-verifier.ts";
export type { EntraTokenVerifierOptions } from "./server/entra-token-verifier-options.ts";
