import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/broker/src/wam");

const ENTRAS = "whatever is not the personal plugin's is asked of Entra's, and read as its answer";
const ALL_REFUSED = "it is looked at only where nothing was listed, and then each list was refused";
const NO_TEXT = "the pattern takes no `undefined`; the other half tells the compiler";

export const SURVIVORS_OF_WAM: readonly ExplainedSurvivor[] = [
  at(
    "account-finder",
    "const failure = error === undefined ? undefined : transportError(error, ask);",
    "error === undefined",
    "false",
    "what has no cause prevents no search",
  ),
  at(
    "account-finder",
    "if (lists.every(({ error }) => error !== undefined)) throw transportError(lists[0]?.error, ask);",
    "lists[0]?.error",
    "lists[0].error",
    "there are two lists",
  ),
  at(
    "account-finder",
    'const failed = outcomes.find((outcome) => outcome.status === "rejected");',
    'outcome.status === "rejected"',
    "true",
    ALL_REFUSED,
  ),
  at(
    "account-finder",
    "const error: unknown = results.length === 0 ? failed?.reason : undefined;",
    "failed?.reason",
    "failed.reason",
    ALL_REFUSED,
  ),
  at(
    "entra-answer",
    "const seconds = text !== undefined && /^\\d{1,15}$/.test(text) ? Number(text) : 0;",
    "text !== undefined",
    "true",
    NO_TEXT,
  ),
  at(
    "wam-client",
    'const kind = ofTenant ?? (await kindOfWindowsAccount(transport, ask)) ?? "organizations";',
    '"organizations"',
    '""',
    ENTRAS,
  ),
  ...[
    'return withoutPane("organizations");',
    'return withoutPane(ofWindows ?? "organizations");',
    'if (kind === undefined) return withoutPane("organizations");',
  ].map((line) => at("wam-dialog", line, '"organizations"', '""', ENTRAS)),
  ...[
    ['{ kind: "organizations" }', "{}"],
    ['"organizations"', '""'],
  ].map(([from = "", to = ""]) =>
    at(
      "wam-exchange",
      'return this.#read(ask, entraAnswer, await send(redemption, { kind: "organizations" }));',
      from,
      to,
      ENTRAS,
    ),
  ),
  at(
    "web-account",
    "if (SafeCustomerId !== undefined && /^[\\da-f]{16}$/i.test(SafeCustomerId)) {",
    "SafeCustomerId !== undefined",
    "true",
    NO_TEXT,
  ),
];
