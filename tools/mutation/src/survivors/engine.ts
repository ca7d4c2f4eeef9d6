import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/engine");
const WORD = '"Stryker was here!"';
const COMPARED = "it is only compared: one spelling for all is as good as another";
const NONE = "what stands for none is the same each time";
const ONLY_SOME_CALLERS = "who asks, who holds a token and who was served are told from all others";
const SLOWER = "the longer way, which looks at everything, serves the same";
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
  survivor(
    "token-acquirer",
    "return this.#gate?.isOpen ?? false;",
    "this.#gate?.isOpen",
    "this.#gate.isOpen",
    "whoever holds a token has come by the gate",
  ),
  survivor(
    "token-acquirer",
    'const caller = held ? "holds_a_token" : rule === "explicit" ? "asks" : "waits";',
    '"waits"',
    '""',
    ONLY_SOME_CALLERS,
  ),
  survivor(
    "token-acquirer",
    'silently: (inner) => this.#silent.anew(call, "waits", inner),',
    '"waits"',
    '""',
    ONLY_SOME_CALLERS,
  ),
  survivor(
    "token-acquirer",
    "const isFirst = seen === undefined;",
    "seen === undefined",
    "true",
    "whoever joins a request that knew too little sees that the state has changed, and tries once more",
  ),
  survivor(
    "prompt-for-many",
    "this.#timer?.cancel();",
    "this.#timer?.cancel",
    "this.#timer.cancel",
    "it was started before; the question mark tells the compiler",
  ),
  survivor(
    "sign-in-gate",
    'const { detail = "" } = error as { readonly detail?: string };',
    '""',
    WORD,
    "no refusal of a request is called so either",
  ),
  ...[
    ['typeof scopes === "string"', 'typeof scopes !== "string"'],
    ['typeof scopes === "string"', "true"],
    ['typeof scopes === "string"', "false"],
    ["scopes?.length === 1", "false"],
    ['"string"', '""'],
  ].map(([from = "", to = ""]) =>
    survivor(
      "token-engine",
      'const scope = typeof scopes === "string" ? scopes : scopes?.length === 1 ? scopes[0] : undefined;',
      from,
      to,
      SLOWER,
    ),
  ),
  survivor(
    "token-engine",
    "const special = options.claims || options.proofOfPossessionOptions || options.abortSignal?.aborted;",
    "options.claims || options.proofOfPossessionOptions || options.abortSignal?.aborted",
    "true",
    SLOWER,
  ),
  ...[
    ["scope !== undefined && !special && areKnown(options) && this.#session.hasHeededSignOuts", "false"],
    ["scope !== undefined", "scope === undefined"],
    ["scope !== undefined", "true"],
    ["{", "{}"],
  ].map(([from = "", to = ""]) =>
    survivor(
      "token-engine",
      "if (scope !== undefined && !special && areKnown(options) && this.#session.hasHeededSignOuts) {",
      from,
      to,
      SLOWER,
    ),
  ),
  survivor("token-engine", "if (entry) {", "{", "{}", SLOWER),
  survivor("token-engine", "if (entry) {", "entry", "false", SLOWER),
  ...[
    "if (this.#events.hearsHits) this.#reportHit([scope]);",
    "if (this.#events.hearsHits) this.#reportHit(call.scopes);",
  ].map((line) =>
    survivor(
      "token-engine",
      line,
      "this.#events.hearsHits",
      "true",
      "what nobody wants to hear is made for nobody, and heard by nobody",
    ),
  ),
  survivor(
    "token-engine",
    "const held = entry !== undefined && this.#index.restOf(entry) > 0;",
    "this.#index.restOf(entry) > 0",
    "this.#index.restOf(entry) >= 0",
    "a token that ends at this moment is looked at again before it is served",
  ),
  survivor(
    "token-engine",
    "patience?.cancel();",
    "patience?.cancel",
    "patience.cancel",
    "it is set while the token is held; the question mark tells the compiler",
  ),
  survivor("token-engine", "function areKnown(options: GetTokenOptions): boolean {", "{", "{}", SLOWER),
  survivor(
    "token-engine",
    "for (const name in options) if (!Object.hasOwn(TAKEN_BY_GET_TOKEN, name)) return false;",
    "!Object.hasOwn(TAKEN_BY_GET_TOKEN, name)",
    "true",
    SLOWER,
  ),
  survivor("token-engine", "return true;", "true", "false", SLOWER),
];
