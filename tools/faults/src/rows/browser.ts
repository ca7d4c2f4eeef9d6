import { row, type FaultRow } from "../fault-row.ts";

const CHECKED_SIGN_IN_URL = "packages/core/src/browser/opening/checked-sign-in-url.test.ts";
const AUTHORITY_METADATA = "packages/core/src/authority/authority-metadata.test.ts";
const OPEN_BROWSER = "packages/core/src/browser/open-browser.test.ts";
const OPEN_BROWSER_FUZZ = "packages/core/src/browser/open-browser.fuzz.test.ts";
const PARSE_BROWSER_VARIABLE = "packages/core/src/browser/opening/parse-browser-variable.test.ts";
const FIND_OPENERS = "packages/core/src/browser/opening/find-openers.test.ts";
const OPEN_BROWSER_LIFETIME = "packages/core/src/browser/open-browser-lifetime.test.ts";
const PERSON_IN_FRONT = "packages/core/src/browser/person-in-front.test.ts";
const ELSEWHERE = "on macOS and a real Windows: `npm run test:elsewhere`";

export const BROWSER: readonly FaultRow[] = [
  row(
    "B1",
    "Only https addresses (http on this machine) are handed to a browser; a document that names others is refused.",
    [
      [CHECKED_SIGN_IN_URL, "a sign-in URL is refused: %j"],
      [AUTHORITY_METADATA, "a document that is refused A24, B1, B3: for its %s %o"],
    ],
  ),
  row("B2", "An address on a host that is not the authority's is refused before anything is started.", [
    [CHECKED_SIGN_IN_URL, "a sign-in URL is refused on a host that is not the authority's"],
    [AUTHORITY_METADATA, "a document that is refused A23, B2: for a %s elsewhere, to which nothing is sent"],
  ]),
  row("B3", "Other schemes, shares and leading dashes are refused.", [
    [CHECKED_SIGN_IN_URL, "a sign-in URL is refused: %j"],
    [OPEN_BROWSER, "the system's browser (with fake ones that are shell scripts) is not asked to open %.30s"],
  ]),
  row(
    "B4",
    "No sign in an address runs anything in a shell.",
    [
      [
        OPEN_BROWSER_FUZZ,
        "the system's browser (with a fake one that is a shell script) takes URLs with signs of every shell in them, and runs none",
      ],
      [CHECKED_SIGN_IN_URL, "a sign-in URL is serialised anew, so that nothing in it ends an argument"],
      [PARSE_BROWSER_VARIABLE, "the variable BROWSER %j becomes %j"],
      [FIND_OPENERS, "the openers on Windows are rundll32 alone, by its full path"],
    ],
    ELSEWHERE,
  ),
  row(
    "B5",
    "Where there is no browser that a person sees, the call ends at once and says what to do instead.",
    [
      [FIND_OPENERS, "no browser that a person sees is there in case of %s"],
      [
        OPEN_BROWSER_LIFETIME,
        "a process that opens a browser (POSIX, a Node that runs TypeScript) without a screen is told so at once, and starts nothing",
      ],
      [
        PERSON_IN_FRONT,
        "the system's openers where no browser can exist nothing is shown, and a chain goes on at once",
      ],
    ],
    ELSEWHERE,
  ),
  row(
    "B6",
    "An opener that fails is noticed; one that hangs holds up no abort.",
    [
      [
        OPEN_BROWSER,
        "the system's browser (with fake ones that are shell scripts) fails when xdg-open ends with %i, which its manual calls a failure",
      ],
      [
        OPEN_BROWSER,
        "the system's browser (with fake ones that are shell scripts) is given up at once by an abort, even while the opener hangs; the opener goes, too",
      ],
      [
        OPEN_BROWSER,
        "the system's browser (with fake ones that are shell scripts) counts as open when the opener still runs after 3 s",
      ],
    ],
    ELSEWHERE,
  ),
  row("B7", "An address over 8,000 characters is refused by name.", [
    [CHECKED_SIGN_IN_URL, "a sign-in URL is refused over 8,000 characters, before and after it is encoded"],
  ]),
  row("B8", "The opener leaves no dead process, and keeps none alive.", [
    [
      OPEN_BROWSER,
      "the system's browser (with fake ones that are shell scripts) leaves no dead process behind",
    ],
    [
      OPEN_BROWSER_LIFETIME,
      "a process that opens a browser (POSIX, a Node that runs TypeScript) does not wait for the browser, and the browser outlives it in a session of its own",
    ],
  ]),
  row("B9", "`BROWSER` is read word by word, never by a shell.", [
    [PARSE_BROWSER_VARIABLE, "the variable BROWSER %j is read word by word"],
    [
      OPEN_BROWSER,
      "the system's browser (with fake ones that are shell scripts) gets it where BROWSER says, among the arguments of BROWSER",
    ],
  ]),
];
