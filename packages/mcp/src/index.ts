export type { FetchLike } from "./client/fetch-like.ts";
export { withEntra, type WithEntraOptions } from "./client/with-entra.ts";
export { tellClient, type LoggingServer } from "./stdio/tell-client.ts";
