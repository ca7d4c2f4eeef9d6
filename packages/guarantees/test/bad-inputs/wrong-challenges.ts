const CLAIMS = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}').toString(
  "base64",
);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const withClaims = (claims: string): string => `Bearer error="insufficient_claims", claims="${claims}"`;

/** `WWW-Authenticate` headers that ask for no claims, or are damaged. */
export const WRONG_CHALLENGES: readonly (readonly [name: string, header: string])[] = [
  ["nothing", ""],
  ["blanks", "  \t "],
  ["commas", ",,,,"],
  ["a scheme alone", "Bearer"],
  ["another scheme", `Basic error="insufficient_claims", claims="${CLAIMS}"`],
  ["a scheme that begins alike", `Bearerx error="insufficient_claims", claims="${CLAIMS}"`],
  ["no scheme", `error="insufficient_claims", claims="${CLAIMS}"`],
  ["no error", `Bearer claims="${CLAIMS}"`],
  ["another error", `Bearer error="invalid_token", claims="${CLAIMS}"`],
  ["an error in capital letters", `Bearer error="INSUFFICIENT_CLAIMS", claims="${CLAIMS}"`],
  ["two errors", `Bearer error="insufficient_claims", error="x", claims="${CLAIMS}"`],
  ["two claims", `Bearer error="insufficient_claims", claims="${CLAIMS}", claims="${CLAIMS}"`],
  [
    "two claims, one in capital letters",
    `Bearer error="insufficient_claims", claims="${CLAIMS}", CLAIMS="x"`,
  ],
  ["an open quotation mark", `Bearer error="insufficient_claims", claims="${CLAIMS}`],
  ["an escape at its end", `Bearer error="insufficient_claims", claims="${CLAIMS}\\`],
  ["a line break in its claims", withClaims(`${CLAIMS}\n`)],
  ["empty claims", withClaims("")],
  ["claims that are no base64", withClaims("{}")],
  ["claims with a sign of no base64", withClaims(`${CLAIMS}*`)],
  ["claims padded too much", withClaims(`${CLAIMS}====`)],
  ["claims that are no JSON", withClaims(base64("nothing"))],
  ["claims that are an array", withClaims(base64("[{}]"))],
  ["claims that are a text", withClaims(base64('"x"'))],
  ["claims that are a number", withClaims(base64("5"))],
  ["claims that are null", withClaims(base64("null"))],
  ["claims cut short", withClaims(base64('{"access_token":{'))],
  ["claims that are not UTF-8", withClaims(Buffer.from([0x7b, 0xff, 0x7d]).toString("base64"))],
  ["16 KiB and one", withClaims("A".repeat(16_384))],
  ["twenty others before it", `${"Basic, ".repeat(20)}${withClaims(CLAIMS)}`],
];
