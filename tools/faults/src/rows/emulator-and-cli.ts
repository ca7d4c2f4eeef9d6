import { row, type FaultRow } from "../fault-row.ts";

const SERVER = "packages/emulator/src/http/server.test.ts";
const ARM = "packages/emulator/src/endpoints/arm.test.ts";
const TOKEN = "packages/emulator/src/endpoints/token.test.ts";
const DISCOVERY = "packages/emulator/src/endpoints/discovery.test.ts";
const FAULTS = "packages/emulator/src/refusals/faults.test.ts";
const MSAL = "packages/emulator/src/msal.test.ts";
const DEVICE_CODE = "packages/emulator/src/endpoints/device-code.test.ts";
const AUTHORIZE = "packages/emulator/src/endpoints/authorize.test.ts";
const QUIET_COMMAND = "packages/cli/test/quiet-command.test.ts";
const RUN = "packages/cli/test/run.test.ts";
const CLI = "packages/cli/test/cli.test.ts";

export const EMULATOR_AND_CLI: readonly FaultRow[] = [
  row(
    "E1",
    "The emulator listens on loopback alone unless told otherwise, and lets no other host or origin in.",
    [
      [SERVER, "who is let in nobody from another machine, unless that is meant"],
      [SERVER, "who is let in not Host %j"],
      [SERVER, "who is let in no page of another origin: never a CORS header"],
    ],
  ),
  row(
    "E2",
    "Its tokens are signed by a key of the run, say what they are, and are refused by another emulator.",
    [
      [ARM, "refuses another emulator's token"],
      [TOKEN, "a token answer carries Entra's own issuer for storage, and only there"],
      [DISCOVERY, "the published key checks the tokens"],
    ],
  ),
  row("E3", "Every fault of the sections A, D and T can be scripted.", [
    [FAULTS, "a scripted answer comes as often as it is scripted, in the order it was"],
    [FAULTS, "from outside the process faults are scripted, and forgotten"],
    [FAULTS, "a body can be huge, and smaller on the wire"],
    [FAULTS, "a body can be changed"],
    [FAULTS, "a scripted answer can be an error of Entra's form"],
  ]),
  row("E4", "The emulator works with msal-node as it is.", [
    [
      MSAL,
      "authorization code signs in, then serves the same resource from its cache and another one silently",
    ],
    [MSAL, "device code signs in by the short grant name"],
  ]),
  row("E5", "It keeps the rules of the protocols: pace of polling, codes that work once, PKCE, redirects.", [
    [DEVICE_CODE, "timing a poll too early gets slow_down, and each adds 5 seconds for good"],
    [TOKEN, "a code is good once"],
    [TOKEN, "a code with %s is refused, and stays good"],
    [AUTHORIZE, "errors before the redirect URI is known stay on a page %s"],
  ]),
  row(
    "E6",
    "`entrada` prints a token only where it is asked to; it is in no argument and no environment of a child.",
    [
      [QUIET_COMMAND, "entrada no command but token prints one"],
      [RUN, "entrada run has a key of its own for each child, and no token in its environment"],
    ],
  ),
  row(
    "E7",
    "Ctrl-C ends it with 130 and without a stack; a closed output is no fault; without a terminal nobody is asked by a code.",
    [
      [CLI, "entrada is interrupted by Ctrl-C while a person is awaited"],
      [CLI, "entrada ends no worse where nobody reads what it writes"],
      [
        QUIET_COMMAND,
        "entrada without a terminal and a browser nobody is asked by a code that was not chosen",
      ],
    ],
  ),
  row("E8", "Its exit code tells the kind of error; `--json` has class and code, and no secret.", [
    [CLI, "entrada tells by its exit code what went wrong, and in JSON where that is asked for"],
    [QUIET_COMMAND, "entrada the error in JSON of who is %s has class and code, on one line"],
  ]),
  row("E9", "Words of the authority are shown without escape sequences.", [
    [QUIET_COMMAND, "entrada nothing that a terminal acts upon is in the authority's words: %j"],
  ]),
];
