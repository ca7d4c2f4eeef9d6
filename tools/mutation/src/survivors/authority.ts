import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/authority");
const WORD = '"Stryker was here!"';
const ONE_ABORT = "a signal aborts once, and where it does not, the listener is taken away in the end";
const REFUSED_DOCUMENT =
  "a document is asked for without an application or scopes: no refusal of it names one";
const EITHER_WORD = "only `never` and `unsent` are told from the other word";
const BOTH_SAY = "each failure of the client says what to do";
const IPV4 = "a host whose last part is a number is an IPv4 address, with nothing before it";

export const SURVIVORS_OF_AUTHORITY: readonly ExplainedSurvivor[] = [
  survivor(
    "authority-client",
    'const secrets = sentSecrets(new URLSearchParams(form ?? ""));',
    '""',
    WORD,
    "no field of this is a secret either",
  ),
  survivor(
    "authority-client",
    'if (error instanceof AuthenticationError) return { failure: error, again: "safe", tries: FEW_TRIES };',
    '"safe"',
    '""',
    EITHER_WORD,
  ),
  ...[
    'abort.signal.addEventListener("abort", leave, { once: true });',
    'signal.addEventListener("abort", leave, { once: true });',
  ].flatMap((line) => [
    survivor("authority-metadata", line, "true", "false", ONE_ABORT),
    survivor("authority-metadata", line, "{ once: true }", "{}", ONE_ABORT),
  ]),
  survivor(
    "authority-metadata",
    'return hostname === "localhost" || hostname === "[::1]" || /^127(?:\\.\\d{1,3}){3}$/.test(hostname);',
    "/^127(?:\\.\\d{1,3}){3}$/",
    "/127(?:\\.\\d{1,3}){3}$/",
    IPV4,
  ),
  survivor("check-metadata", "scopes: [],", "[]", '["Stryker was here"]', REFUSED_DOCUMENT),
  survivor("check-metadata", 'clientId: "",', '""', WORD, REFUSED_DOCUMENT),
  survivor(
    "instance-discovery",
    'remedy: [error.hint, PRIVATE_CLOUD].filter(Boolean).join(". "),',
    "[error.hint, PRIVATE_CLOUD].filter(Boolean)",
    "[error.hint, PRIVATE_CLOUD]",
    BOTH_SAY,
  ),
  survivor(
    "judge-answer",
    "const json = parsed !== undefined && isError ? redactJson(parsed, context.secrets) : parsed;",
    "parsed !== undefined",
    "true",
    "of what is no object nothing is left to redact; the other half tells the compiler",
  ),
  survivor(
    "judge-answer",
    "return { answer: { status, json, header: shown, ...(skewInMs === undefined ? {} : { skewInMs }) } };",
    "skewInMs === undefined",
    "false",
    "whoever reads it finds `undefined` in either case",
  ),
  survivor(
    "judge-answer",
    'const date = httpDate(answer.header("date") ?? "");',
    '""',
    WORD,
    "this is no date either",
  ),
  survivor(
    "judge-answer",
    'const type = answer.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";',
    'answer.header("content-type")?.split(";")[0]?.trim',
    'answer.header("content-type")?.split(";")[0].trim',
    "a text that is split has a first part",
  ),
  survivor(
    "judge-answer",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`, which is as false",
  ),
  survivor(
    "retry-after",
    'return Date.parse(text.includes(",") ? text : `${text} GMT`);',
    '","',
    '""',
    "where the machine is in GMT itself; in any other zone a test notices",
  ),
  survivor(
    "retry-after",
    'const text = value?.trim() ?? "";',
    '""',
    WORD,
    "this is neither a number nor a date",
  ),
];
