import type * as msalNode from "@azure/msal-node";

/** `@azure/msal-node`, as far as it is used here. */
export type Msal = Pick<typeof msalNode, "PublicClientApplication">;

/**
 * Loads msal-node: at the first call, and never at import. There are two ways, and package.json ("imports") chooses:
 * Node takes msal-node's CommonJS build, which loads in less than half the time of its modules; a bundler, which can
 * only follow an import, takes the modules.
 */
export declare function loadMsal(): Promise<Msal>;
