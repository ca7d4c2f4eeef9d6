import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/msal");
const ONLY_TIME = "what is not loaded early is loaded by the redemption: it only takes longer";
const NO_KEY = "under no key nothing is kept; the other half tells the compiler";

export const SURVIVORS_OF_MSAL: readonly ExplainedSurvivor[] = [
  survivor("authority-connection", "prepare(): void {", "{", "{}", ONLY_TIME),
  survivor(
    "authority-connection",
    "(redeemer) => redeemer.prepare(),",
    "(redeemer) => redeemer.prepare()",
    "() => undefined",
    ONLY_TIME,
  ),
  survivor("token-redeemer", "prepare(): void {", "{", "{}", ONLY_TIME),
  survivor(
    "token-redeemer",
    "this.#msal.get().catch(() => {",
    "this.#msal.get().catch(() => {",
    ";",
    ONLY_TIME,
  ),
  survivor(
    "token-redeemer",
    "system: { networkClient: exchange, disableInternalRetries: true },",
    "true",
    "false",
    "msal-node repeats only what goes out by a network of its own",
  ),
  survivor(
    "entra-client",
    "if (key === undefined || !stored?.refreshToken) {",
    "key === undefined",
    "false",
    NO_KEY,
  ),
  survivor(
    "entra-redemptions",
    'repeat: "once",',
    '"once"',
    '""',
    "a device's approval sends nothing; a code that never left is sent again, which a test notices",
  ),
  survivor(
    "entra-client",
    "if (!stored) return;",
    "!stored",
    "false",
    "nobody's account, which is kept then, is as nothing to whoever looks for it",
  ),
  survivor(
    "load-msal",
    "if (present) return present;",
    "present",
    "false",
    "the import brings the same package; only the one build loads faster than the other",
  ),
  survivor(
    "require-msal",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`",
  ),
  survivor(
    "require-msal",
    'if (typeof place !== "string" || !/\\/core\\/dist\\/chunks\\/[^/]+$/.test(place)) return undefined;',
    'typeof place !== "string"',
    "false",
    "what is no text does not read like such a place either; the other half tells the compiler",
  ),
  survivor(
    "entra-client",
    "this.#redemptions.get().catch(() => {",
    "this.#redemptions.get().catch(() => {",
    ";",
    ONLY_TIME,
  ),
];
