/** What a remedy may name. */
export interface RemedyContext {
  readonly clientId: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly redirectUri?: string | undefined;
  /** The clouds that were not asked, such as "AzureAuthorityHosts.AzureChina". @defaultValue none is named */
  readonly otherClouds?: readonly string[] | undefined;
}

export interface Remedy {
  /** One sentence without a final stop. */
  readonly text: (context: RemedyContext) => string;
  /** Whether a policy of the tenant refused. */
  readonly conditionalAccess?: true;
}

/** What to do about an AADSTS number, or `undefined` when we know nothing better than the authority's own words. */
export function remedyFor(aadsts: number | undefined): Remedy | undefined {
  return aadsts === undefined ? undefined : REMEDIES.get(aadsts);
}

/** The numbers that have a remedy. */
export function knownNumbers(): readonly number[] {
  return [...REMEDIES.keys()];
}

export const PRIVATE_CLOUD = "For a private cloud set disableInstanceDiscovery to true";
/** Where Microsoft does not know an authority. */
export const UNKNOWN_INSTANCE: string = `Check authorityHost. For an External ID tenant at a domain of its own set tenantId to that tenant. ${PRIVATE_CLOUD}`;

const registration = ({ clientId }: RemedyContext): string => `the app registration of ${clientId}`;
const asked = ({ scopes }: RemedyContext): string => (scopes.length > 0 ? scopes.join(" ") : "the scopes");

const says = (text: string): Remedy => ({ text: () => text });
const tells = (text: Remedy["text"]): Remedy => ({ text });
const policy = (text: string): Remedy => ({ text: () => text, conditionalAccess: true });

const SIGN_IN_AGAIN = says("Sign in again: call authenticate()");
const TRY_AGAIN = says("Try again: the fault is Microsoft's and passes");
const PUBLIC_CLIENT = tells(
  (context) => `Set "Allow public client flows" to Yes under Authentication in ${registration(context)}`,
);
const REDIRECT_URI = tells(
  (context) =>
    `Add the redirect URI ${context.redirectUri ?? "of this application"} under "Mobile and desktop applications" in ${registration(context)}`,
);
const DESKTOP_PLATFORM = tells(
  (context) =>
    `Move the redirect URI ${context.redirectUri ?? "of this application"} from "Single-page application" or "Web" to "Mobile and desktop applications" in ${registration(context)}`,
);
const NOT_IN_TENANT = tells(
  ({ tenantId }) =>
    `Sign in with an account of the tenant ${tenantId}, set tenantId to the account's own tenant, or have the account invited as a guest`,
);
const TENANT = tells(
  ({ tenantId }) => `Check tenantId (${tenantId}), and authorityHost if the tenant is in another cloud`,
);
const CLOUD = tells(
  ({ tenantId, otherClouds = [] }) =>
    `Set authorityHost to the cloud of the tenant ${tenantId}, ${otherClouds.length === 0 ? "one of AzureAuthorityHosts" : `such as ${otherClouds.join(" or ")}`}`,
);
const PERSONAL_ONLY = tells(
  ({ clientId }) => `Set tenantId to "consumers": ${clientId} is for personal accounts only`,
);
const NEW_PASSWORD = says("Sign in with authenticate() and set a new password");
const MALFORMED = says("Report this: the request was not formed as the authority wants it");
const ONE_RESOURCE = says("Ask for the scopes of one resource at a time");
const CONSENT = tells((context) => `Sign in with authenticate() to consent to ${asked(context)}`);
const ADMIN_CONSENT = tells(
  (context) =>
    `Have an administrator of the tenant grant consent to ${asked(context)} for ${context.clientId}`,
);
const APP_UNKNOWN = tells(
  ({ clientId, tenantId }) =>
    `Check clientId (${clientId}) and tenantId (${tenantId}): the application must be registered or consented to in that tenant`,
);
const SCOPE = tells(
  (context) =>
    `Check ${asked(context)}: a scope is written as the resource's URI with a permission or /.default`,
);
const RESOURCE = tells(
  (context) =>
    `Check ${asked(context)} and tenantId (${context.tenantId}): the resource must exist and be enabled in that tenant`,
);
const ONE_TENANT = tells(
  ({ tenantId }) => `Set tenantId to the application's own tenant instead of ${tenantId}`,
);
const WORK_ACCOUNTS = tells(
  ({ tenantId }) => `Set tenantId to "organizations" or a tenant's id instead of ${tenantId}`,
);
const MFA = says(
  "Sign in with authenticate(), handing on the error's claims, and pass multifactor authentication",
);
const BROKER =
  "On Windows sign in through the broker (@entrada/broker), which proves the device; otherwise ask the tenant's administrator";
const BLOCKED = policy(
  "Ask the tenant's administrator which Conditional Access policy applied: the sign-in log names it",
);
const DEVICE = policy(`Use a device that the organisation manages. ${BROKER}`);
const RISK = policy("Ask the tenant's administrator to look into the account's risk");

// Sources: "Microsoft Entra authentication and authorization error codes", "Troubleshooting Conditional Access",
// "Authentication flows as a condition in Conditional Access policy", and the error texts of the service.
const REMEDIES: ReadonlyMap<number, Remedy> = new Map([
  // The application's registration
  [7000218, PUBLIC_CLIENT],
  [70002, PUBLIC_CLIENT],
  [50011, REDIRECT_URI],
  [500113, REDIRECT_URI],
  [70004, REDIRECT_URI],
  [900971, REDIRECT_URI],
  [9002325, DESKTOP_PLATFORM],
  [9002326, DESKTOP_PLATFORM],
  [9002327, DESKTOP_PLATFORM],
  [700016, APP_UNKNOWN],
  [700011, APP_UNKNOWN],
  [70001, APP_UNKNOWN],
  [7000112, says("Have an administrator enable the application again: it is disabled in the tenant")],
  [700025, says("Remove the client secret or assertion: the application is a public client")],
  [50194, ONE_TENANT],
  [9002331, PERSONAL_ONLY],
  [9002346, PERSONAL_ONLY],
  [9002332, WORK_ACCOUNTS],
  [9001023, WORK_ACCOUNTS],
  [90124, WORK_ACCOUNTS],
  [90130, WORK_ACCOUNTS],
  [
    65002,
    says("Set clientId to an application of your own: this Microsoft application may not ask for that API"),
  ],
  // Consent and scopes
  [65001, CONSENT],
  [65004, says("Sign in again and accept the permissions")],
  [65005, SCOPE],
  [650056, ADMIN_CONSENT],
  [
    650057,
    tells(
      (context) => `Add the API of ${asked(context)} under "API permissions" in ${registration(context)}`,
    ),
  ],
  [90093, ADMIN_CONSENT],
  [90097, ADMIN_CONSENT],
  [900144, MALFORMED],
  [900561, MALFORMED],
  [9000411, MALFORMED],
  [9002313, MALFORMED],
  [50147, MALFORMED],
  [50149, MALFORMED],
  [501491, MALFORMED],
  [70003, MALFORMED],
  [70005, MALFORMED],
  [70007, MALFORMED],
  [90023, MALFORMED],
  [500112, MALFORMED],
  [650052, RESOURCE],
  [650053, SCOPE],
  [650054, RESOURCE],
  [90008, CONSENT],
  [90094, ADMIN_CONSENT],
  [90095, ADMIN_CONSENT],
  [90099, ADMIN_CONSENT],
  [70011, SCOPE],
  [28002, SCOPE],
  [28003, SCOPE],
  [700022, ONE_RESOURCE],
  [28000, ONE_RESOURCE],
  [700023, SCOPE],
  [50001, RESOURCE],
  [500011, RESOURCE],
  [500014, RESOURCE],
  // The tenant and the account
  [90002, TENANT],
  [90019, TENANT],
  [50059, TENANT],
  [50128, TENANT],
  [90038, TENANT],
  [900023, TENANT],
  [900021, says("Set tenantId to a tenant's id or domain: the empty GUID names none")],
  [900439, CLOUD],
  [900432, CLOUD],
  [900382, CLOUD],
  [90051, CLOUD],
  [1000104, CLOUD],
  [
    5000225,
    tells(
      ({ tenantId }) =>
        `Have an administrator restore the tenant ${tenantId}, which nobody used for long, or set tenantId to another one`,
    ),
  ],
  [
    5000224,
    tells(
      ({ tenantId }) =>
        `Set tenantId to another tenant, or ask Microsoft's support: the tenant ${tenantId} is blocked or gone`,
    ),
  ],
  [50049, says(UNKNOWN_INSTANCE)],
  [500200, NOT_IN_TENANT],
  [500207, NOT_IN_TENANT],
  [16000, NOT_IN_TENANT],
  [16003, NOT_IN_TENANT],
  [50014, NOT_IN_TENANT],
  [50020, NOT_IN_TENANT],
  [50034, NOT_IN_TENANT],
  [500208, NOT_IN_TENANT],
  [51004, NOT_IN_TENANT],
  [90072, NOT_IN_TENANT],
  [500021, says("Use a network that allows the tenant: a proxy of your organisation restricts tenants")],
  [500022, says("Use a network that allows the tenant: a proxy of your organisation restricts tenants")],
  [
    500212,
    policy("Ask your own tenant's administrator: its outbound access settings do not allow the other tenant"),
  ],
  [
    500213,
    policy("Ask the other tenant's administrator: its inbound access settings do not allow the account"),
  ],
  [50105, tells(({ clientId }) => `Have an administrator assign the account to the application ${clientId}`)],
  [
    50053,
    says("Wait and sign in again: too many attempts, or an address with a bad record, locked the account"),
  ],
  [50055, says("Sign in with authenticate() and change the password: it has expired")],
  [50144, says("Change the password in Active Directory: it has expired")],
  [50057, says("Have an administrator enable the account: it is disabled")],
  [500571, says("Have an administrator enable the guest account: it is disabled")],
  [50056, says("Sign in again with the right user name and password")],
  [50125, NEW_PASSWORD],
  [50135, NEW_PASSWORD],
  [50126, says("Sign in again with the right user name and password")],
  // The session and the refresh token
  [50058, SIGN_IN_AGAIN],
  [50078, MFA],
  [50085, SIGN_IN_AGAIN],
  [50089, SIGN_IN_AGAIN],
  [50140, SIGN_IN_AGAIN],
  [51006, SIGN_IN_AGAIN],
  [70044, SIGN_IN_AGAIN],
  [70046, SIGN_IN_AGAIN],
  [50132, SIGN_IN_AGAIN],
  [50133, SIGN_IN_AGAIN],
  [50173, SIGN_IN_AGAIN],
  [70000, SIGN_IN_AGAIN],
  [70008, SIGN_IN_AGAIN],
  [70043, SIGN_IN_AGAIN],
  [700082, SIGN_IN_AGAIN],
  [700084, DESKTOP_PLATFORM],
  [54005, SIGN_IN_AGAIN],
  [700005, SIGN_IN_AGAIN],
  [501481, SIGN_IN_AGAIN],
  [50148, SIGN_IN_AGAIN],
  [160021, SIGN_IN_AGAIN],
  [165000, says("Sign in again in a new browser window: the page was open too long, or cookies are blocked")],
  [50199, says("Sign in again and confirm that the application is the one you meant")],
  [50196, says("Keep the tokens and call less often: the authority saw a loop of equal requests")],
  // The device code
  [70016, says("Wait: the person has not entered the code yet")],
  [70018, says("Sign in again and type the code exactly as shown")],
  [90119, says("Sign in again and type the code exactly as shown")],
  [70017, says("Sign in again and accept: the person declined on the page of the code")],
  [70019, SIGN_IN_AGAIN],
  [70020, SIGN_IN_AGAIN],
  // Multifactor authentication and policies
  [50072, MFA],
  [50074, MFA],
  [50076, MFA],
  [50079, MFA],
  [50158, MFA],
  [50005, DEVICE],
  [50097, DEVICE],
  [50127, policy(BROKER)],
  [50129, DEVICE],
  [50131, BLOCKED],
  [50155, DEVICE],
  [50187, DEVICE],
  [53000, DEVICE],
  [53001, DEVICE],
  [135011, DEVICE],
  [700003, DEVICE],
  [530031, BLOCKED],
  [530001, policy("Sign in with a browser that can prove the device, such as Microsoft Edge")],
  [53009, policy("Use an application that applies the organisation's protection policies")],
  [53002, policy("Use an application that the organisation approves: its policy does not approve this one")],
  [53003, BLOCKED],
  [53004, RISK],
  [53010, policy("Register multifactor authentication from a place or device that the organisation allows")],
  [53011, RISK],
  [530003, DEVICE],
  [530032, BLOCKED],
  [530034, RISK],
  [530035, policy("Ask the tenant's administrator: security defaults block this request")],
  [
    530036,
    policy("Sign in with the browser instead of a device code: a policy forbids tokens that began with one"),
  ],
  [530084, policy(`Token protection is required. ${BROKER}`)],
  // Passing faults of the service
  [50033, TRY_AGAIN],
  [50087, TRY_AGAIN],
  [50088, TRY_AGAIN],
  [70012, TRY_AGAIN],
  [90006, TRY_AGAIN],
  [90012, TRY_AGAIN],
  [90024, TRY_AGAIN],
  [90033, TRY_AGAIN],
  [90055, says("Try again later: the tenant sends too many requests")],
  [90090, TRY_AGAIN],
]);
