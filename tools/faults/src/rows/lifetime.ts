import { row, type FaultRow } from "../fault-row.ts";

const TOKEN_ENGINE = "packages/core/src/engine/token-engine.test.ts";
const AUTHORITY_METADATA = "packages/core/src/authority/authority-metadata.test.ts";
const SIGN_IN = "packages/guarantees/test/sign-in.test.ts";
const WARM_CALLS = "bench/test/warm-calls.test.ts";
const SIGN_IN_OF_DEVICE_CODE = "packages/device-code/test/sign-in.test.ts";
const AUTHORITY_CLIENT = "packages/core/src/authority/authority-client.test.ts";
const ENTRA_CLIENT = "packages/core/src/msal/entra-client.test.ts";
const SERVER_ERROR = "packages/core/src/refusals/server-error.test.ts";
const RETRY_PACING = "packages/core/src/authority/retry-pacing.test.ts";
const SIGNAL_LISTENERS = "packages/core/src/http/signal-listeners.test.ts";
const MEMORY = "packages/core/test/memory.test.ts";
const TOKEN_ANSWER = "packages/core/src/tokens/token-answer.test.ts";
const RUN_OF_THE_TESTS = "tools/faults/test/run-of-the-tests.test.ts";
const PROCESS = "packages/device-code/test/process.test.ts";
const ERRORS = "packages/core/test/errors.test.ts";
const IMPORT = "packages/core/test/import.test.ts";
const DIALOG_TURN = "packages/broker/src/dialog/dialog-turn.test.ts";

export const LIFETIME: readonly FaultRow[] = [
  row("P1", "A hundred first calls show one prompt and fetch one document.", [
    [TOKEN_ENGINE, "one request in flight a hundred first calls show one prompt"],
    [AUTHORITY_METADATA, "callers that wait together P1: make one request"],
    [SIGN_IN, "one sign-in by device code serves a hundred calls at once with one prompt"],
  ]),
  row("P2", "A token in memory is returned without a request.", [
    [TOKEN_ENGINE, "memory a hit asks nobody and returns the same token"],
    [
      WARM_CALLS,
      "a call for a token in memory allocates 40 bytes at most beside what the caller's own await does",
    ],
    [
      SIGN_IN_OF_DEVICE_CODE,
      "one sign-in serves another resource, CAE and non-CAE without the person, and memory without any request",
    ],
  ]),
  row("P3", "A thousand calls with an expired token renew it once.", [
    [TOKEN_ENGINE, "one request in flight a thousand calls with an expired token refresh once"],
    [SIGN_IN, "a renewal of an expired token is made once for a hundred calls"],
  ]),
  row("P4", "An abort is its own caller's; when the last one leaves, the work ends.", [
    [TOKEN_ENGINE, "one request in flight one caller's abort leaves the others served"],
    [TOKEN_ENGINE, "one request in flight the last caller to leave cancels the work"],
    [AUTHORITY_METADATA, "callers that wait together P4: do not end for the others when one of them leaves"],
  ]),
  row("P5", "A fault of the network is no reason to ask a person; a token that is still valid is returned.", [
    [TOKEN_ENGINE, "refresh a network fault returns the token that is still valid, and prompts nobody"],
    [SIGN_IN, "a renewal prompts nobody when %s"],
    [SIGN_IN, "a renewal returns the token that is still valid when the authority is away"],
  ]),
  row("P6", "So is a renewal that meets 503, and the next call tries again.", [
    [SIGN_IN, "a renewal prompts nobody when %s"],
    [AUTHORITY_CLIENT, "an authority that is not well A27: the next call goes out again"],
    [ENTRA_CLIENT, "a kept token that is still valid is served when the authority cannot renew it"],
  ]),
  row("P7", "A refused renewal asks once, or says why the person is needed.", [
    [TOKEN_ENGINE, "refresh when the authority wants the person, the prompt shows what it wants"],
    [
      TOKEN_ENGINE,
      "automatic authentication switched off getToken never prompts and says what authenticate() needs",
    ],
    [
      SERVER_ERROR,
      "an error that asks for the person carries what authenticate() needs, and the authority's reason as its cause",
    ],
  ]),
  row("P8", "Claims of a refusal are handed on to `authenticate()`.", [
    [
      SERVER_ERROR,
      "an error that asks for the person carries what authenticate() needs, and the authority's reason as its cause",
    ],
    [
      TOKEN_ENGINE,
      "automatic authentication switched off getToken never prompts and says what authenticate() needs",
    ],
  ]),
  row(
    "P9",
    "A token is renewed before it ends, in the background where it may be; a failure is silent while it is valid.",
    [
      [
        TOKEN_ENGINE,
        "refresh after refreshAfterTimestamp the present token is served and renewed once in the background",
      ],
      [TOKEN_ENGINE, "refresh a failed background refresh is silent for the caller and pauses"],
      [TOKEN_ENGINE, "memory a token is served until five minutes before it expires, then renewed"],
    ],
  ),
  row("P10", "An abort during a silent renewal is heard at once.", [
    [AUTHORITY_CLIENT, "an abort while waiting for the answer ends the call and the connection"],
    [RETRY_PACING, "Retry-After is heard with a 503, too, and an abort ends the wait"],
    [TOKEN_ENGINE, "one request in flight the last caller to leave cancels the work"],
  ]),
  row("P11", "One signal for fifty calls keeps no listener.", [
    [TOKEN_ENGINE, "one request in flight one signal for fifty calls keeps no listener"],
    [
      TOKEN_ENGINE,
      "one request in flight one signal for fifty calls at once has one listener, and its abort ends them all",
    ],
    [SIGNAL_LISTENERS, "nothing is left at the signal of a request after %s over %s"],
  ]),
  row("P12", "A hundred thousand calls keep no memory.", [
    [MEMORY, "a hundred thousand hits keep no memory"],
  ]),
  row("P13", "A clock that is ahead or set back neither keeps a token alive nor renews it at every call.", [
    [
      TOKEN_ENGINE,
      "memory a wall clock that is set back does not keep a token alive, nor does a sleep of the machine",
    ],
    [
      TOKEN_ANSWER,
      "accepted T8: an ID token that is good by the authority's clock, when ours is two hours ahead",
    ],
    [AUTHORITY_CLIENT, "a request tells how far the authority's clock is ahead"],
    [
      ENTRA_CLIENT,
      "a kept token from the future is renewed: the clock was set back, and nobody knows how old it is",
    ],
  ]),
  row("P14", "No rejection is left unhandled: any that is fails the run of the tests.", [
    [RUN_OF_THE_TESTS, "no unhandled rejection passes: one fails the run, though every test passes"],
    [TOKEN_ENGINE, "the rejection of an asynchronous onEvent is nobody's"],
    [
      PROCESS,
      "a program that signs in gets the error of a prompt that rejects, and nothing is left unhandled",
    ],
  ]),
  row("P15", "A credential that is dropped can be collected.", [
    [MEMORY, "a credential that is dropped, and the signals of its requests, can be collected"],
  ]),
  row("P16", "Errors of another copy of a package are recognised; `require()` works.", [
    [ERRORS, "AuthenticationError is recognised when another copy of the package made it"],
    [IMPORT, "importing @entrada/core works through require() as well"],
    [DIALOG_TURN, "every copy of this package in the process has the same queue"],
  ]),
];
