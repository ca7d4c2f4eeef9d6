import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/cache");
const WORD = '"Stryker was here!"';
const UNDEFINED = "a function that ends without a result has the result `undefined`";
const ABSENT = "whoever reads a label finds `undefined` in either case";
const ONE_ABORT =
  "a signal aborts once, and where it does not, the listener is taken away when the turn comes";

export const SURVIVORS_OF_CACHE: readonly ExplainedSurvivor[] = [
  survivor(
    "account-label",
    "const parts = label === undefined ? undefined : parsedText(label);",
    "label === undefined",
    "false",
    "`undefined` is no JSON either; the other half tells the compiler",
  ),
  survivor(
    "account-changes",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`, which is as false",
  ),
  survivor("blob/blob-document", "} catch {", "{", "{}", UNDEFINED),
  survivor(
    "blob/blob-document",
    "for (let start = headEnd + 1; start < end;) {",
    "start < end",
    "start <= end",
    "an empty line is no entry, and the whole, which is read then, has no account either",
  ),
  survivor(
    "blob/blob-records",
    "return label === undefined ? { key } : { key, label };",
    "label === undefined",
    "false",
    ABSENT,
  ),
  survivor(
    "cache-fault",
    'if (!isCacheFault(error) || (TO_MEND.has(error.detail ?? "") && !hasSignIn)) throw error;',
    '""',
    WORD,
    "no fault to be mended is called so either",
  ),
  survivor(
    "guarded-store",
    "timer?.cancel();",
    "timer?.cancel",
    "timer.cancel",
    "the timer is set before anything is waited for; the question mark tells the compiler",
  ),
  ...[
    ["{ once: true }", "{}"],
    ["true", "false"],
  ].map(([from = "", to = ""]) =>
    survivor("key-turns", 'signal?.addEventListener("abort", abort, { once: true });', from, to, ONE_ABORT),
  ),
  survivor(
    "memory-records",
    "const entry = Object.freeze(label === undefined ? { key } : { key, label });",
    "label === undefined",
    "false",
    ABSENT,
  ),
  survivor("parsed-json", "} catch {", "{", "{}", UNDEFINED),
  survivor(
    "shared-store",
    '.map(({ key, label = "" }) => `${key} ${label}`)',
    '""',
    WORD,
    "what stands for no label is the same each time",
  ),
  survivor(
    "sign-outs",
    "return last !== undefined && signedInAt <= last;",
    "last !== undefined",
    "true",
    "no time is before `undefined`; the other half tells the compiler",
  ),
  survivor(
    "account-changes",
    "if (last && last.signedInAt !== before?.signedInAt) await signOuts.add(key, last.signedInAt);",
    "last.signedInAt !== before?.signedInAt",
    "true",
    "the same sign-out is written down once more, which says the same",
  ),
  survivor(
    "token-cache",
    "return this.#saved?.known(key);",
    "this.#saved?.known",
    "this.#saved.known",
    "only a store fails; the question mark tells the compiler",
  ),
  survivor(
    "token-cache",
    "return this.#saved?.listKnown(keyStart, except) ?? [];",
    "this.#saved?.listKnown",
    "this.#saved.listKnown",
    "only a store fails; the question mark tells the compiler",
  ),
  survivor(
    "token-cache",
    "return this.#saved?.listKnown(keyStart, except) ?? [];",
    "[]",
    '["Stryker was here"]',
    "only a store fails, and it has a list",
  ),
  survivor(
    "token-cache",
    "this.shared = rested && saving && new SharedStore(rested.resting, saving.store, warn);",
    "rested && saving",
    "rested || saving",
    "where the one is, the other is; both are named for the compiler",
  ),
];
