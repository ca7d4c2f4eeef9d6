import type { ExplainedSurvivor } from "../explained-survivor.ts";

const TOKENS = "packages/core/src/tokens";
const CHALLENGE = `${TOKENS}/claims-challenge.ts`;
const ID_TOKEN = `${TOKENS}/id-token.ts`;
const BEYOND = "beyond the end there is no character, and `undefined` is none of those that are looked for";

export const SURVIVORS_OF_TOKENS: readonly ExplainedSurvivor[] = [
  ...[
    "while (at < header.length && characters.includes(header[at]!)) at += 1;",
    "while (at < header.length && TOKEN.test(header[at]!)) at += 1;",
  ].flatMap((line) =>
    ["true", "at <= header.length"].map((to) => ({
      file: CHALLENGE,
      line,
      from: "at < header.length",
      to,
      reason: BEYOND,
    })),
  ),
  {
    file: CHALLENGE,
    line: "for (at += 1; at < header.length; at += 1) {",
    from: "at < header.length",
    to: "at <= header.length",
    reason:
      "one more step beyond the end adds nothing to a text that is thrown away, since its quote is open",
  },
  ...["true", "at <= header.length"].map((to) => ({
    file: CHALLENGE,
    line: "while (at < header.length) {",
    from: "at < header.length",
    to,
    reason: "at the end no name is read, which ends the loop",
  })),
  {
    file: CHALLENGE,
    line: 'parts.push(header[at] ?? "");',
    from: '""',
    to: '"Stryker was here!"',
    reason:
      "only what is behind the last character is read so, in a text that is thrown away, since its quote is open",
  },
  {
    file: CHALLENGE,
    line: "if (value === undefined || !current) break;",
    from: "value === undefined",
    to: "false",
    reason:
      "an open quote reaches to the end of the header, so nothing follows; a parameter without a value is read as none",
  },
  {
    file: CHALLENGE,
    line: "if (current.parameters.has(key)) return [];",
    from: "[]",
    to: '["Stryker was here"]',
    reason: "a text is no challenge with a scheme, so none is found",
  },
  {
    file: CHALLENGE,
    line: "} catch {",
    from: "{",
    to: "{}",
    reason: "a function that ends without a result has the result `undefined`",
  },
  {
    file: ID_TOKEN,
    line: 'parseJsonObject(Buffer.from(parts[1] ?? "", "base64url")) ??',
    from: '""',
    to: '"Stryker was here!"',
    reason: "there are three parts, so the second is there",
  },
  {
    file: ID_TOKEN,
    line: 'const parts = typeof value === "string" && /^[\\w.-]+$/.test(value) ? value.split(".") : [];',
    from: "[]",
    to: '["Stryker was here"]',
    reason: "one part is as wrong as none",
  },
  {
    file: ID_TOKEN,
    line: 'if (typeof iss !== "string" || !isIssuer(iss, expected, tid as string | undefined)) return wrong("iss");',
    from: 'typeof iss !== "string"',
    to: "false",
    reason: "what is no text is identical with no text",
  },
  {
    file: `${TOKENS}/token-answer.ts`,
    line: 'if (typeof value === "number" && Number.isFinite(value)) return value;',
    from: 'typeof value === "number"',
    to: "true",
    reason: "`Number.isFinite` is true of numbers alone; the other half tells the compiler",
  },
];
