/*
 * The HTTPS client of `@entrada/cli`, which speaks with registries and Microsoft Graph over the proxies and certificate
 * authorities that sign-ins use. It is for our own packages alone and may change with any version.
 */
export { httpDate } from "./authority/retry-after.ts";
export { extraAuthoritiesFault } from "./http/extra-authorities.ts";
export { HttpTransportError, type HttpAnswer, type HttpRequest } from "./http/http-transport.ts";
export { nodeHttpsTransport, type NodeHttpsTransport } from "./http/node-https-transport.ts";
export { proxyFor } from "./http/proxy-environment.ts";
