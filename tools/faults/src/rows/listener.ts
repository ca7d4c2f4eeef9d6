import { row, type FaultRow } from "../fault-row.ts";

const LOOPBACK_REQUESTS = "packages/core/src/loopback/loopback-requests.test.ts";
const LOOPBACK_LIFETIME = "packages/core/src/loopback/loopback-lifetime.test.ts";
const LOOPBACK_ANSWERS = "packages/core/src/loopback/loopback-answers.test.ts";
const AUTHORIZATION_ERROR = "packages/core/src/loopback/authorization-error.test.ts";
const LOOPBACK_LISTENER = "packages/core/src/loopback/loopback-listener.test.ts";
const ANSWER_HEADERS = "packages/core/src/loopback/answer-headers.test.ts";
const LOOPBACK_LOAD = "packages/core/src/loopback/loopback-load.test.ts";
const CROSSED_SIGN_INS = "packages/guarantees/test/crossed-sign-ins.test.ts";
const BIND_LOOPBACK = "packages/core/src/loopback/bind-loopback.test.ts";
const TOKEN_ENGINE = "packages/core/src/engine/token-engine.test.ts";
const PERSON = "packages/guarantees/test/person.test.ts";
const LIFETIME = "packages/core/test/lifetime.test.ts";
const LOOPBACK_END = "packages/core/src/loopback/loopback-end.test.ts";
const CLI = "packages/cli/test/cli.test.ts";
const BROWSER_FLOW = "packages/core/src/browser/browser-flow.test.ts";
const ONE_ANSWER_FOR_ALL = "packages/core/src/engine/one-answer-for-all.test.ts";
const LOOPBACK_FUZZ = "packages/core/src/loopback/loopback-listener.fuzz.test.ts";
const LOOPBACK_CHROMIUM = "packages/core/src/loopback/loopback-chromium.test.ts";
const ELSEWHERE = "on macOS and a real Windows: `npm run test:elsewhere`";

export const LISTENER: readonly FaultRow[] = [
  row(
    "L1",
    "A request target that is no path (`//`, `http://[::1/`) is answered with 400; the process and the sign-in go on.",
    [
      [LOOPBACK_REQUESTS, "a request target that is no path %s is refused and the sign-in goes on"],
      [
        LOOPBACK_LIFETIME,
        "the process of a sign-in (needs a Node that runs TypeScript) outlives 200 odd request targets",
      ],
    ],
  ),
  row("L2", "Bytes that are not HTTP, a TLS hello and a line of 100 KB are answered with 400 and closed.", [
    [LOOPBACK_REQUESTS, "what is not HTTP %s is answered with 400"],
  ]),
  row(
    "L3",
    "A code with another state is refused, counted and warned about once in ten; the sign-in goes on.",
    [
      [LOOPBACK_ANSWERS, "an answer that is not this sign-in's is refused: %s"],
      [
        LOOPBACK_ANSWERS,
        "an answer that is not this sign-in's is warned about once in ten, and never with anything of the request",
      ],
    ],
  ),
  row("L4", "A code without a state is refused; the sign-in goes on.", [
    [LOOPBACK_ANSWERS, "an answer that is not this sign-in's is refused: %s"],
  ]),
  row("L5", "An error without the state, or with another, ends nothing.", [
    [LOOPBACK_ANSWERS, "an answer that is not this sign-in's is refused: %s"],
  ]),
  row(
    "L6",
    "An error with the right state ends the sign-in with a typed error that has the authority's words and number; the page shows them escaped.",
    [
      [AUTHORIZATION_ERROR, "an error of the authority ends the sign-in, brought by %s"],
      [AUTHORIZATION_ERROR, "an error of the authority %s becomes %s"],
      [AUTHORIZATION_ERROR, "an error of the authority is shown escaped, and runs nothing"],
    ],
  ),
  row("L7", "An error that comes in the address counts like one in a form; a bare `GET /` ends nothing.", [
    [AUTHORIZATION_ERROR, "an error of the authority ends the sign-in, brought by %s"],
    [
      LOOPBACK_REQUESTS,
      "everything that is not an answer GET / shows a neutral page that says nothing of success",
    ],
  ]),
  row("L8", "A code in the address is refused, and neither redeemed nor logged.", [
    [
      LOOPBACK_LISTENER,
      "the answer in the URL is refused, not redeemed, and leaves the browser's address bar",
    ],
  ]),
  row("L9", "Text of the authority is escaped, and every answer has the same strict headers.", [
    [AUTHORIZATION_ERROR, "an error of the authority is shown escaped, and runs nothing"],
    [ANSWER_HEADERS, "every answer of the listener has the same headers %s"],
  ]),
  row("L10", "Only `localhost`, `127.0.0.1` and `[::1]` with our own port count as `Host`.", [
    [LOOPBACK_REQUESTS, 'the Host header "%s" is refused'],
    [LOOPBACK_REQUESTS, "the Host header must be there once"],
    [LOOPBACK_REQUESTS, "the Host header must be there in HTTP/1.0, too"],
  ]),
  row(
    "L11",
    "Every path but that of the redirect finds nothing; `GET /` before the answer says nothing of success.",
    [
      [LOOPBACK_REQUESTS, "everything that is not an answer GET %s finds nothing or the waiting page"],
      [
        LOOPBACK_REQUESTS,
        "everything that is not an answer GET / shows a neutral page that says nothing of success",
      ],
    ],
  ),
  row("L12", "Other methods get 405 without a CORS header; CONNECT and Upgrade are cut off.", [
    [LOOPBACK_REQUESTS, "everything that is not an answer %s gets 405"],
    [LOOPBACK_REQUESTS, "everything that is not an answer %s is cut off"],
  ]),
  row("L13", "A body that is no form gets 415.", [
    [LOOPBACK_REQUESTS, "everything that is not an answer a POST of %s gets 415"],
    [LOOPBACK_REQUESTS, "everything that is not an answer a POST without a type gets 415"],
  ]),
  row("L14", "A URL or a header over 16 KiB gets 431.", [
    [LOOPBACK_REQUESTS, "what is not HTTP %s is answered with %i"],
  ]),
  row("L15", "A body over 64 KiB gets 413 and is cut off; memory stays flat.", [
    [
      LOOPBACK_REQUESTS,
      "everything that is not an answer a POST over 64 KiB gets 413, told by its length or found out",
    ],
    [LOOPBACK_LOAD, "memory (needs a Node that runs TypeScript) stays flat under an endless form post"],
  ]),
  row(
    "L16",
    "A body that comes byte by byte, inside characters, is decoded once and as a whole; bytes that are no UTF-8 are refused.",
    [
      [LOOPBACK_ANSWERS, "the right answer is read even when it comes byte by byte, inside a character"],
      [LOOPBACK_ANSWERS, "an answer that is not this sign-in's is refused when its bytes are not UTF-8"],
      [
        AUTHORIZATION_ERROR,
        "an error of the authority keeps each character of what it is told, though it comes byte by byte",
      ],
    ],
  ),
  row("L17", "A parameter that comes twice, or a code beside an error, is refused; the sign-in goes on.", [
    [LOOPBACK_ANSWERS, "an answer that is not this sign-in's is refused: %s"],
  ]),
  row("L18", "Of several right answers the first wins and the others are told so; a code is redeemed once.", [
    [
      LOOPBACK_LISTENER,
      "the answer is taken once: of ten at the same time one wins, and later ones are told so",
    ],
    [LOOPBACK_LISTENER, "the page is not waited for when the browser has gone"],
  ]),
  row("L19", "A state that is nearly right is not right.", [
    [LOOPBACK_ANSWERS, "an answer that is not this sign-in's is refused: %s"],
  ]),
  row("L20", "The answer to one sign-in, brought to another, is refused; both end right.", [
    [LOOPBACK_LISTENER, "the answer of one sign-in is nothing to another"],
    [
      CROSSED_SIGN_INS,
      "the answer to one sign-in, brought to the listener of another, is refused, and both end right",
    ],
  ]),
  row(
    "L21",
    "2,000 connections that say nothing do not keep the browser out; slow heads and bodies are cut off.",
    [
      [
        LOOPBACK_LOAD,
        "a crowd of connections of 2,000 that never finish a request does not keep the browser out",
      ],
      [
        LOOPBACK_LOAD,
        "a crowd of connections is told to hurry: a head that does not come within 5 s is cut off",
      ],
      [LOOPBACK_LOAD, "a crowd of connections never pushes out the browser that has brought the answer"],
    ],
  ),
  row("L22", "20,000 wrong answers cost little memory and fill no log.", [
    [
      LOOPBACK_LOAD,
      "memory (needs a Node that runs TypeScript) stays flat under 20,000 wrong answers, which fill no log",
    ],
  ]),
  row("L23", "A fixed port that is taken is named in the error; without one another is chosen.", [
    [LOOPBACK_LISTENER, "the redirect URI may fix the port; when that is taken, the error names it"],
    [BIND_LOOPBACK, "choosing a port goes on to another one when ::1 is taken there"],
  ]),
  row("L24", "Where no port can be had the error is typed and keeps its cause, so that a chain goes on.", [
    [BIND_LOOPBACK, "choosing a port says so when no port can be had: %s"],
    [BIND_LOOPBACK, "choosing a port ends after ten tries"],
  ]),
  row(
    "L25",
    "Both loopback addresses are ours on one port, for nobody else.",
    [
      [BIND_LOOPBACK, "the loopback addresses are both bound, on one port, for nobody else"],
      [BIND_LOOPBACK, "choosing a port goes on to another one when ::1 is taken there"],
      [BIND_LOOPBACK, "choosing a port does with IPv4 alone when IPv6 answers %s"],
    ],
    ELSEWHERE,
  ),
  row("L26", "Nothing but loopback is listened on.", [
    [BIND_LOOPBACK, "the loopback addresses are the only ones that are listened on"],
    [BIND_LOOPBACK, "the loopback addresses cannot be reached through another address of the machine"],
  ]),
  row("L27", "A person who does not come back ends as a timeout; the port is free and nothing is left.", [
    [
      TOKEN_ENGINE,
      "the person a person who never comes back: typed timeout on time, even if the flow does not listen",
    ],
    [PERSON, "it always ends a closed browser ends as a timeout"],
    [LIFETIME, "a sign-in that timed out leaves nothing that keeps the process"],
  ]),
  row("L28", "An abort while waiting ends the call within 100 ms, tells the page, and frees the port.", [
    [
      LOOPBACK_END,
      "the end by abort comes within 100 ms, with the reason, and frees the port on both addresses",
    ],
    [LOOPBACK_END, "the end tells a browser that has brought the answer that the sign-in was cancelled"],
    [PERSON, "it always ends an abort ends a sign-in in the browser within 100 ms, with the reason as cause"],
  ]),
  row("L29", "A signal that is aborted already opens nothing and sends nothing.", [
    [PERSON, "it always ends a signal that is aborted already opens no browser"],
    [LOOPBACK_END, "the end comes at once when the signal was aborted before"],
  ]),
  row(
    "L30",
    "A process that waits dies of a signal as any other; its port is free.",
    [
      [
        LOOPBACK_LIFETIME,
        "the process of a sign-in (needs a Node that runs TypeScript) dies of %s as any process does, and its port is free",
      ],
      [CLI, "entrada is interrupted by Ctrl-C while a person is awaited"],
    ],
    ELSEWHERE,
  ),
  row("L31", "A process ends within 200 ms after its sign-in.", [
    [
      LOOPBACK_LIFETIME,
      "the process of a sign-in (needs a Node that runs TypeScript) stays alive while it waits, and ends by itself within 200 ms after it",
    ],
    [LIFETIME, "a process ends by itself right after its last output"],
  ]),
  row("L32", "A process does not end while its sign-in is pending.", [
    [
      LOOPBACK_LIFETIME,
      "the process of a sign-in (needs a Node that runs TypeScript) stays alive while it waits, and ends by itself within 200 ms after it",
    ],
    [LIFETIME, "a process does not end while the person is asked, though nothing else is alive"],
  ]),
  row(
    "L33",
    "An opener that fails leads to a typed error, or to the address being offered while the call waits.",
    [
      [
        BROWSER_FLOW,
        "InteractiveBrowserCredential on the emulator a browser that cannot be opened: the address is told, and works while the call waits",
      ],
      [
        BROWSER_FLOW,
        "InteractiveBrowserCredential on the emulator a browser that cannot be opened where nobody hears of the address: the chain goes on",
      ],
      [BROWSER_FLOW, "InteractiveBrowserCredential on the emulator %s ends the call at once"],
    ],
  ),
  row("L34", "The page tells the end of the whole sign-in, not of the browser's part.", [
    [LOOPBACK_LISTENER, "the page waits for the end of the sign-in and tells it"],
    [LOOPBACK_LISTENER, "the page is told after 30 s that the application will say how it ended"],
  ]),
  row("L35", "Sign-ins at the same time on one credential show one window.", [
    [TOKEN_ENGINE, "one request in flight a hundred first calls show one prompt"],
    [
      TOKEN_ENGINE,
      "one request in flight calls for different scopes share one prompt; the others go on silently",
    ],
    [
      ONE_ANSWER_FOR_ALL,
      "credentials without a token cache that ask for the same in the same way show one dialog, and one sign-in serves them all",
    ],
  ]),
  row("L36", "Twenty sign-ins of different people at once each get their own token.", [
    [CROSSED_SIGN_INS, "twenty sign-ins of twenty people at once each end with their own person's token"],
  ]),
  row("L37", "An issuer in the answer must be the one that was asked.", [
    [LOOPBACK_LISTENER, "the answer may come from an issuer that names itself, but only from the right one"],
    [
      LOOPBACK_LISTENER,
      "the answer may come from any tenant of an issuer whose tenant is open, and from no other issuer",
    ],
  ]),
  row("L38", "Tens of thousands of random requests end nothing; a right answer counts afterwards.", [
    [LOOPBACK_FUZZ, "answers odd requests, thousands of them, and still takes the right answer"],
  ]),
  row("L39", "No answer has a CORS header, whatever origin asks.", [
    [LOOPBACK_REQUESTS, "everything that is not an answer %s gets 405"],
    [ANSWER_HEADERS, "every answer of the listener has the same headers %s"],
    [LOOPBACK_FUZZ, "answers odd requests, thousands of them, and still takes the right answer"],
  ]),
  row("L40", "A code stays in no address bar and no history.", [
    [LOOPBACK_CHROMIUM, "a real browser takes a code that came in the URL out of the address bar"],
    [
      LOOPBACK_LISTENER,
      "the answer in the URL is refused, not redeemed, and leaves the browser's address bar",
    ],
    [
      BROWSER_FLOW,
      "InteractiveBrowserCredential on the emulator asks for what OAuth 2.0 for native apps asks for, and for no more",
    ],
  ]),
  row("L41", "The listener is ready within 30 ms.", [
    [LOOPBACK_LISTENER, "the redirect URI is ready within 30 ms"],
  ]),
];
