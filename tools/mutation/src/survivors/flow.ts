import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/broker/src/flow");

const ONE_CASE = "texts are compared in one case of their letters, whichever that is";

export const SURVIVORS_OF_FLOW: readonly ExplainedSurvivor[] = [
  at(
    "broker-accounts",
    "const host = authority !== undefined && URL.canParse(authority) ? cloudOf(authority)?.host : undefined;",
    "authority !== undefined",
    "true",
    "`URL.canParse` is false of what is not there; the other half tells the compiler",
  ),
  at(
    "broker-accounts",
    "return homeAccountId.toLowerCase();",
    "homeAccountId.toLowerCase()",
    "homeAccountId.toUpperCase()",
    ONE_CASE,
  ),
  at(
    "sign-ins-of-process",
    'return oneOfProcessBy("signIns", transport, () => new SignInsOfProcess());',
    '"signIns"',
    '""',
    "any name serves that nothing else of the process has",
  ),
  at(
    "sign-ins-of-process",
    'return [clientId, authorityHost, tenantId, loginHint].join("\\n").toLowerCase();',
    '[clientId, authorityHost, tenantId, loginHint].join("\\n").toLowerCase()',
    '[clientId, authorityHost, tenantId, loginHint].join("\\n").toUpperCase()',
    ONE_CASE,
  ),
  ...[
    "parentWindowHandle",
    "useDefaultBrokerAccount",
    "disableInteractiveFallback",
    "browserFallback",
    "legacyEnableMsaPassthrough",
    "transport",
    "windowsNodePath",
  ].map((name) =>
    at(
      "broker-options",
      `${name}: true,`,
      "true",
      "false",
      "the name counts, whatever stands beside it; the compiler takes nothing else",
    ),
  ),
];
