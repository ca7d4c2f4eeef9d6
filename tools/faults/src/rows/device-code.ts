import { row, type FaultRow } from "../fault-row.ts";

const POLL = "packages/device-code/src/poll.test.ts";
const PERSON = "packages/guarantees/test/person.test.ts";
const DEVICE_CODE_SIGN_IN = "packages/device-code/src/device-code-sign-in.test.ts";
const SIGN_IN = "packages/device-code/test/sign-in.test.ts";
const CODE_LIFETIME = "packages/device-code/src/code-lifetime.test.ts";
const POLL_FAULTS = "packages/device-code/test/poll-faults.test.ts";
const SILENT_AUTHORITY = "packages/device-code/test/silent-authority.test.ts";
const DEVICE_AUTHORIZATION = "packages/device-code/src/device-authorization.test.ts";
const PROCESS = "packages/device-code/test/process.test.ts";
const DEVICE_CODE_PROMPT = "packages/device-code/src/device-code-prompt.test.ts";
const SIGN_IN_OF_GUARANTEES = "packages/guarantees/test/sign-in.test.ts";

export const DEVICE_CODE: readonly FaultRow[] = [
  row("D1", "The first poll comes after one interval, each further one after another.", [
    [POLL, "the pace of polling the first poll comes after one interval, and each further one after another"],
  ]),
  row("D2", "`slow_down` adds five seconds to all further intervals.", [
    [POLL, "the pace of polling slow_down adds five seconds to this and all further intervals"],
    [PERSON, "device code an authority that asks to slow down is obeyed"],
  ]),
  row("D3", "A code that the authority calls expired ends the sign-in as such.", [
    [
      DEVICE_CODE_SIGN_IN,
      "what the authority refuses a code that the authority calls expired reads as one that ran out here",
    ],
  ]),
  row("D4", "A person who declines ends the sign-in with a refusal.", [
    [SIGN_IN, "the person who declines is not asked again by getToken for a while, but by authenticate()"],
    [POLL, "the end of polling %s ends it with what it means"],
  ]),
  row("D5", "Other refusals end it with the authority's number.", [
    [
      DEVICE_CODE_SIGN_IN,
      "what the authority refuses a token by %s: the sign-in ends with its AADSTS number",
    ],
    [
      SIGN_IN,
      "an authority in trouble that forbids public clients says so once the person has approved, as Entra does",
    ],
  ]),
  row("D6", "A code's life ends at its last millisecond.", [
    [POLL, "the end of polling the code's end ends it at that instant, and no poll is sent at it"],
    [
      CODE_LIFETIME,
      "the life of a code ends at its last millisecond, also while the work hangs, and tells the work",
    ],
  ]),
  row("D7", "A reset is gone over, and polling slows down.", [
    [POLL, "the pace of polling a fault that may pass doubles the wait, and an answer ends that"],
    [POLL_FAULTS, "an authority in trouble at a poll is asked again, twice as late, when it %s"],
  ]),
  row("D8", "Resets do not end polling before the code ends.", [
    [POLL, "the pace of polling faults double the wait up to a minute, and polling goes on"],
    [POLL, "the end of polling faults until the end are still the end of the code"],
  ]),
  row("D9", "An authority in trouble is polled again, and its Retry-After is honoured.", [
    [POLL_FAULTS, "an authority in trouble at a poll is asked again, twice as late, when it %s"],
    [POLL, "the pace of polling Retry-After is honoured where it is longer"],
    [POLL, "the pace of polling a Retry-After beyond the life of the code is told at once"],
  ]),
  row("D10", "A poll that is never answered ends with the code.", [
    [POLL, "the end of polling a poll that is never answered ends with the code"],
    [SILENT_AUTHORITY, "a poll that is never answered ends with the code, and its connection with it"],
  ]),
  row("D11", "A missing interval is 5 s.", [
    [DEVICE_AUTHORIZATION, "interval (RFC 8628, section 3.2) %j is %i s"],
  ]),
  row("D12", "An interval that is none is 5 s, with a warning.", [
    [DEVICE_AUTHORIZATION, "interval (RFC 8628, section 3.2) %j is the default of 5 s, with a warning"],
    [DEVICE_CODE_SIGN_IN, "a sign-in warns of an interval that cannot be meant"],
  ]),
  row("D13", "An interval beyond a minute is a minute.", [
    [DEVICE_AUTHORIZATION, "interval (RFC 8628, section 3.2) %j is %i s"],
  ]),
  row("D14", "A missing, odd or huge lifetime is a sensible one.", [
    [DEVICE_AUTHORIZATION, "expires_in %j is %i s"],
    [DEVICE_AUTHORIZATION, "expires_in %j is the default of 900 s, with a warning"],
    [DEVICE_CODE_SIGN_IN, "a sign-in shows a code with time left where the authority says %i s"],
  ]),
  row(
    "D15",
    "Where the authority refuses a code the call ends with its number and remedy, and nobody is asked.",
    [
      [
        DEVICE_CODE_SIGN_IN,
        "what the authority refuses no code: the error comes at once, with its remedy, and nobody is asked",
      ],
      [
        PERSON,
        "device code a refused application is an error at once, with the authority's number; nobody is prompted",
      ],
    ],
  ),
  row("D16", "An answer without what a prompt needs is refused; nothing is polled.", [
    [
      DEVICE_AUTHORIZATION,
      "an answer without a field that is needed, or with one that is not acceptable, is refused by name %s: %s",
    ],
    [
      DEVICE_CODE_SIGN_IN,
      "what the authority refuses an answer with %s is not acceptable, nobody is asked and nothing is polled",
    ],
    [SIGN_IN, "an authority in trouble that sends %s for a code is refused, and nobody is asked"],
  ]),
  row("D17", "Control characters are taken out of what is shown; a user code has its own alphabet.", [
    [DEVICE_AUTHORIZATION, "what is shown control characters and escape sequences are gone from the message"],
    [
      DEVICE_AUTHORIZATION,
      "an answer without a field that is needed, or with one that is not acceptable, is refused by name %s: %s",
    ],
  ]),
  row("D18", "The page to open is an https address, and its host is shown so that it cannot be mistaken.", [
    [
      DEVICE_AUTHORIZATION,
      "an answer without a field that is needed, or with one that is not acceptable, is refused by name %s: %s",
    ],
    [DEVICE_AUTHORIZATION, "what is shown the page is written so that its host cannot be taken for another"],
  ]),
  row("D19", "A prompt that throws ends the sign-in with that error as its cause, without a poll.", [
    [
      DEVICE_CODE_SIGN_IN,
      "the prompt that %s ends the sign-in with its own error as the cause, without a poll",
    ],
  ]),
  row("D20", "One that rejects does, too, and nothing is left unhandled.", [
    [
      DEVICE_CODE_SIGN_IN,
      "the prompt that %s ends the sign-in with its own error as the cause, without a poll",
    ],
    [
      PROCESS,
      "a program that signs in gets the error of a prompt that rejects, and nothing is left unhandled",
    ],
  ]),
  row("D21", "An abort between two polls is heard within 100 ms.", [
    [SIGN_IN, "an abort between two polls is heard within 100 ms"],
    [PERSON, "device code an abort between two polls ends the call within 100 ms"],
  ]),
  row("D22", "So is one while a poll hangs; its connection is closed.", [
    [
      SILENT_AUTHORITY,
      "a poll that is never answered hears an abort within 100 ms, and its connection is closed",
    ],
    [DEVICE_CODE_SIGN_IN, "an abort in a poll reaches that poll"],
  ]),
  row("D23", "A signal that is aborted already sends nothing.", [
    [SIGN_IN, "an abort before the call means that nothing is sent"],
    [DEVICE_CODE_SIGN_IN, "an abort before the call means that nothing is sent or shown"],
  ]),
  row(
    "D24",
    "The prompt names the application and warns whoever did not start this; the complete address is never used.",
    [
      [
        DEVICE_CODE_PROMPT,
        "the prompt has the application's name, the page, the code alone on its line and the time left, and warns whoever did not start this",
      ],
      [DEVICE_AUTHORIZATION, "what is shown the complete URI, which carries the code, is never used"],
    ],
  ),
  row("D25", "A hundred calls at once show one code.", [
    [SIGN_IN, "one sign-in is one prompt for a hundred calls at once, whatever they ask for"],
    [SIGN_IN_OF_GUARANTEES, "one sign-in by device code serves a hundred calls at once with one prompt"],
  ]),
  row("D26", "Waits go by the monotonic clock; three `slow_down` are warned of once.", [
    [
      POLL,
      "the pace of polling slow_down is obeyed however often it comes, and warned of once, after three times",
    ],
    [CODE_LIFETIME, "the life of a code ends by the monotonic clock when somebody sets the wall clock back"],
    [POLL, "the pace of polling a timer that fires early makes no poll come early"],
  ]),
  row("D27", "A machine that slept beyond the code's end polls no more.", [
    [
      CODE_LIFETIME,
      "the life of a code ends by the wall clock when the machine slept, at most one second after it woke up",
    ],
    [POLL, "the end of polling a machine that slept beyond the code's end sends no further poll"],
  ]),
  row("D28", "The device code is in no event, error, log or printed form.", [
    [DEVICE_CODE_SIGN_IN, "the device code is in no event, error, argument of the prompt or printed form"],
    [
      SIGN_IN,
      "no device code and no token is in an event, an error or the credential, however it is printed",
    ],
    [
      PROCESS,
      "a program that signs in shows the code on standard error by itself, and logs no secret at the most talkative level",
    ],
  ]),
];
