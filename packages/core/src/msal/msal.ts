import type * as msalNode from "@azure/msal-node";

/** `@azure/msal-node`, as far as it is used here. */
export type Msal = Pick<typeof msalNode, "PublicClientApplication">;
