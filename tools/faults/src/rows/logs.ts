import { row, type FaultRow } from "../fault-row.ts";

const SECRETS = "packages/core/test/secrets.test.ts";
const PROCESS = "packages/device-code/test/process.test.ts";
const AUTHORITY_CLIENT = "packages/core/src/authority/authority-client.test.ts";
const SENT_SECRETS = "packages/core/src/refusals/sent-secrets.test.ts";
const LOOPBACK_LISTENER = "packages/core/src/loopback/loopback-listener.test.ts";
const OPTIONS = "packages/core/test/options.test.ts";
const SERVER_ERROR = "packages/core/src/refusals/server-error.test.ts";
const LOGGER = "packages/core/src/events/logger.test.ts";
const AFTER_A_SIGN_IN = "packages/guarantees/test/after-a-sign-in.test.ts";

export const LOGS: readonly FaultRow[] = [
  row("G1", "At the most talkative level no secret is in a log.", [
    [
      SECRETS,
      "at the most talkative level no secret is in the log, an event, an error, or what is printed of a credential",
    ],
    [
      PROCESS,
      "a program that signs in shows the code on standard error by itself, and logs no secret at the most talkative level",
    ],
  ]),
  row("G2", "What was sent is taken out of the authority's words wherever it comes back.", [
    [AUTHORITY_CLIENT, "an OAuth error G2: never repeats the %s that was sent"],
    [AUTHORITY_CLIENT, "an OAuth error G2: neither does an error that is thrown"],
    [SENT_SECRETS, "every echo of a secret goes, not only the first: %s"],
  ]),
  row("G3", "Nothing secret is in the printed form of a credential, a result or an error.", [
    [
      SECRETS,
      "at the most talkative level no secret is in the log, an event, an error, or what is printed of a credential",
    ],
    [LOOPBACK_LISTENER, "the answer comes out with its code, which nothing prints"],
    [OPTIONS, "nothing of a credential shows in inspect or JSON"],
  ]),
  row("G4", "Words of the authority cannot write to a terminal, forge a line or go on for ever.", [
    [SERVER_ERROR, "G4: the authority's words cannot write to a terminal, forge a line or go on for ever"],
    [LOGGER, "a line is never longer than 2000 characters and its name"],
  ]),
  row("G5", "The person's name is in no log.", [
    [SECRETS, "at the most talkative level nor the name of the person"],
  ]),
  row("G6", "Of the sign-in's address no state, challenge or hint is logged.", [
    [
      SECRETS,
      "at the most talkative level no secret is in the log, an event, an error, or what is printed of a credential",
    ],
    [SECRETS, "at the most talkative level nor the name of the person"],
  ]),
  row(
    "G7",
    "No diagnostics channel and no performance entry of Node.js that a sign-in feeds has a secret of it.",
    [
      [
        AFTER_A_SIGN_IN,
        "no diagnostics channel and no performance entry of Node.js has a secret of a sign-in",
      ],
    ],
  ),
  row("G8", "After a sign-in its code, verifier and state are nowhere on the heap.", [
    [
      AFTER_A_SIGN_IN,
      "of a sign-in nothing is left on the heap but its tokens: no code, verifier, state or nonce",
    ],
  ]),
];
