import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/core/src/refusals");

export const SURVIVORS_OF_REFUSALS: readonly ExplainedSurvivor[] = [
  at(
    "authority-failure",
    'remedy: remedyFor(error.proxy !== undefined && remedy === REACH ? REACH_PROXY : remedy, error.code ?? ""),',
    '""',
    '"Stryker was here!"',
    "what is missing is a permission names its flag, and every other remedy only compares the code",
  ),
  at(
    "authority-failure",
    'if (error.fault === "proxy_refused" && !/^HTTP 5\\d\\d$/.test(error.code ?? "")) return "never";',
    '""',
    '"Stryker was here!"',
    "this is no HTTP status either",
  ),
  at(
    "authority-failure",
    'const type = header?.split(";")[0]?.trim().toLowerCase() ?? "";',
    'header?.split(";")[0]?.trim',
    'header?.split(";")[0].trim',
    "a text that is split has a first part",
  ),
  at(
    "authority-failure",
    'const type = header?.split(";")[0]?.trim().toLowerCase() ?? "";',
    '""',
    '"Stryker was here!"',
    "this is no media type either",
  ),
  at(
    "is-fault-on-the-way",
    'const { code, detail = "", aadsts, retryable } = error;',
    '""',
    '"Stryker was here!"',
    "this is no word of the protocol either",
  ),
  at(
    "server-error",
    "(suberror !== undefined && SUBERRORS_OF_POLICIES.has(suberror));",
    "suberror !== undefined",
    "true",
    "`undefined` is in no set of words; the other half tells the compiler",
  ),
  at(
    "server-error",
    "if (report.suberror !== undefined && NOT_CURED_BY_A_PROMPT.has(report.suberror)) return false;",
    "report.suberror !== undefined",
    "true",
    "`undefined` is in no set of words; the other half tells the compiler",
  ),
  at(
    "server-error",
    'return typeof value === "string" && parseJsonObject(value) !== undefined ? value : undefined;',
    'typeof value === "string"',
    "true",
    "of what JSON can hold only a text can be read as JSON; the other half tells the compiler",
  ),
  at(
    "server-facts",
    'const told = identifiersIn(description ?? "");',
    '""',
    '"Stryker was here!"',
    "there are no identifiers in this either",
  ),
  at(
    "server-facts",
    'const ids = description?.indexOf("Trace ID: ") ?? -1;',
    "-1",
    "+1",
    "where there is no description, nothing is cut",
  ),
  at(
    "server-facts",
    'return /^[0-9a-f-]{36}$/i.exec(value?.trim() ?? "")?.[0];',
    '""',
    '"Stryker was here!"',
    "this is no id either",
  ),
  at(
    "shown-cause",
    "const entries = value instanceof Map || value instanceof Set ? [...value] : [];",
    "[]",
    '["Stryker was here"]',
    "one more text that tells no secret",
  ),
  at(
    "shown-cause",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`",
  ),
  at(
    "shown-cause",
    'return typeof value === "object" && value !== null && typeof partOf(value, "message") === "string";',
    "value !== null",
    "true",
    "`null` has no message to read, which is caught",
  ),
];
