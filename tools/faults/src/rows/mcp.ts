import { row, type FaultRow } from "../fault-row.ts";

const VERIFIER = "packages/mcp/test/entra-token-verifier.test.ts";
const AUTHORITIES = "packages/mcp/test/authorities.test.ts";
const STREAMABLE_HTTP = "packages/mcp/test/streamable-http.test.ts";

export const MCP: readonly FaultRow[] = [
  row("M1", "A token for another API, of another issuer or tenant, or not of this time is refused.", [
    [VERIFIER, "a bad token is refused %s"],
    [VERIFIER, "a bad token is refused that is %s"],
    [STREAMABLE_HTTP, "a token for another API is refused, and so is one of another tenant"],
  ]),
  row("M2", "A token that no key of the authority has signed is refused, whatever key it names or brings.", [
    [VERIFIER, "a token that is signed %s is refused, and nobody else is asked"],
    [VERIFIER, "a token that does not say which of several keys signed it is refused"],
  ]),
  row("M3", "An ID token is taken for no access token.", [
    [
      AUTHORITIES,
      "an id token is not taken for an access token, even where it is for the server's own application",
    ],
  ]),
  row(
    "M4",
    "Where the authority or its keys cannot be read, no token is blamed, and the next one is tried.",
    [
      [VERIFIER, "where the place of the keys %s, no token is blamed"],
      [VERIFIER, "an authority that names another issuer blames no token"],
      [VERIFIER, "an authority that could not be reached is asked again for the next token"],
    ],
  ),
  row("M5", "A challenge for several authentication contexts asks the person once, for all of them.", [
    [STREAMABLE_HTTP, "one that asks for several contexts asks for all of them at once"],
  ]),
  row("M6", "The token for an MCP server leaves for no other origin.", [
    [STREAMABLE_HTTP, "no token leaves for another origin"],
  ]),
];
