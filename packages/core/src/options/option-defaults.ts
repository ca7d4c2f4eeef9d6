/**
 * What an option is when it is not given. The values stand here and nowhere else: constructors take them from here, and
 * a test holds each `@defaultValue` and each table of the documentation to them. What depends on the machine (the
 * authority, the browser) or on the authority (the life of a device code) is no constant and is said in words there.
 */
export const OPTION_DEFAULTS: OptionDefaults = {
  clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  tenantId: "organizations",
  prompt: "select_account",
  disableInstanceDiscovery: false,
  disableAutomaticAuthentication: false,
  timeoutInMs: 300_000,
  promptCooldownInMs: 30_000,
  requestTimeoutInMs: 30_000,
};

export interface OptionDefaults {
  /** The developer sign-on application of the Azure tools: every tenant knows it. For development only. */
  readonly clientId: string;
  /** Whoever has a work or school account. */
  readonly tenantId: string;
  /** The person picks the account. */
  readonly prompt: "select_account";
  readonly disableInstanceDiscovery: boolean;
  readonly disableAutomaticAuthentication: boolean;
  /** How long the person may take, in ms. For a device code it is the life of the code. */
  readonly timeoutInMs: number;
  /** How long `getToken` does not ask again after a cancel or a timeout, in ms. */
  readonly promptCooldownInMs: number;
  /** The limit of one HTTP request, in ms. */
  readonly requestTimeoutInMs: number;
}
