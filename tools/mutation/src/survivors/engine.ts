import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/engine");
const WORD = '"Stryker was here!"';
const COMPARED = "it is only compared: one spelling for all is as good as another";
const NONE = "what stands for none is the same each time";
const MEMORY = "what is swept is the name of a gate that is gone: it takes memory, and nothing else";

export const SURVIVORS_OF_ENGINE: readonly ExplainedSurvivor[] = [
  ...[
    ["tenantId.toLowerCase()", "tenantId.toUpperCase()", COMPARED],
    ["loginHint?.toLowerCase()", "loginHint?.toUpperCase()", COMPARED],
    ['""', WORD, NONE],
  ].map(([from = "", to = "", why = ""]) =>
    survivor(
      "gate-of",
      'const question = [...key, tenantId.toLowerCase(), prompt ?? "", loginHint?.toLowerCase() ?? ""];',
      from,
      to,
      why,
    ),
  ),
  ...[
    ["account?.homeAccountId.toLowerCase()", "account?.homeAccountId.toUpperCase()", COMPARED],
    ['""', WORD, NONE],
  ].map(([from = "", to = "", why = ""]) =>
    survivor(
      "gate-of",
      'const key = [clientId, authorityHost, account?.homeAccountId.toLowerCase() ?? ""];',
      from,
      to,
      why,
    ),
  ),
  survivor(
    "prompt-rests",
    'const isUnread = NOBODY_ANSWERED.has(error.detail ?? "");',
    '""',
    WORD,
    "no dialog that nobody can have read is called so either",
  ),
  survivor(
    "prompt-rests",
    'remedy: NOBODY_ANSWERED.has(rest.error.detail ?? "") ? (rest.error.hint ?? ASK_AT_ONCE) : ASK_AT_ONCE,',
    '""',
    WORD,
    "no dialog that nobody can have read is called so either",
  ),
  survivor(
    "request-key",
    'return [call.scopes.join(" "), call.tenantId, call.enableCae ? "cae" : "", call.claims ?? ""].join("\\n");',
    '""',
    WORD,
    NONE,
  ),
  ...[
    ["gates.size > shared.sweepAt", "true"],
    ["gates.size > shared.sweepAt", "false"],
    ["gates.size > shared.sweepAt", "gates.size >= shared.sweepAt"],
    ["gates.size > shared.sweepAt", "gates.size <= shared.sweepAt"],
    ["{", "{}"],
  ].map(([from = "", to = ""]) =>
    survivor("shared-by-process", "if (gates.size > shared.sweepAt) {", from, to, MEMORY),
  ),
  ...[
    ["gates.delete(key);", ";"],
    ["!each.deref()", "false"],
  ].map(([from = "", to = ""]) =>
    survivor(
      "shared-by-process",
      "for (const [key, each] of gates) if (!each.deref()) gates.delete(key);",
      from,
      to,
      MEMORY,
    ),
  ),
  ...[
    ["FEW + 2 * gates.size", "FEW - 2 * gates.size"],
    ["2 * gates.size", "2 / gates.size"],
  ].map(([from = "", to = ""]) =>
    survivor("shared-by-process", "shared.sweepAt = FEW + 2 * gates.size;", from, to, MEMORY),
  ),
  ...[
    ["{ once: true }", "{}"],
    ["true", "false"],
  ].map(([from = "", to = ""]) =>
    survivor(
      "shared-request",
      'signal.addEventListener("abort", () => reject(signal.reason), { once: true });',
      from,
      to,
      "a signal aborts once",
    ),
  ),
  survivor(
    "token-acquirer",
    "return this.#gate?.isOpen ?? false;",
    "false",
    "true",
    "whoever holds a token has come by the gate",
  ),
  survivor(
    "token-index",
    "const { wall, monotonic } = later.wall < freshUntil.wall ? later : freshUntil;",
    "later.wall < freshUntil.wall",
    "later.wall <= freshUntil.wall",
    "where both are one time, it does not matter which is taken",
  ),
];
