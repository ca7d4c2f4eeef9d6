import { row, type FaultRow } from "../fault-row.ts";

const FAULTS = "packages/broker/test/faults.test.ts";
const END_OF_PROCESS = "packages/broker/test/end-of-process.test.ts";
const FALLBACK = "packages/broker/test/fallback.test.ts";
const LOAD_WAM_TRANSPORT = "native/src/load-wam-transport.test.ts";
const FIND_BROKER = "packages/broker/src/availability/find-broker.test.ts";
const FEATURES = "native/test/wine/features.wine.ts";
const WAM_REFUSAL = "packages/broker/src/refusals/wam-refusal.test.ts";
const CANCEL = "native/test/wine/cancel.wine.ts";
const CURRENT_WINDOW = "packages/broker/src/dialog/current-window.test.ts";
const WINDOW_HANDLE = "native/src/window-handle.test.ts";
const INTERACTIVE = "native/test/wine/interactive.wine.ts";
const DIALOG_TURN = "packages/broker/src/dialog/dialog-turn.test.ts";
const BROKER_ANSWER_FUZZ = "packages/broker/src/wam/broker-answer.fuzz.test.ts";
const STRINGS = "native/test/wine/strings.wine.ts";
const THREADS = "native/test/wine/threads.wine.ts";
const PREBUILDS = "native/test/prebuilds.test.ts";
const ELSEWHERE = "on a real Windows: `npm run test:native`";

export const WINDOWS_BROKER: readonly FaultRow[] = [
  row(
    "W1",
    "A native module that is missing, another processor's or blocked leads to the browser, with a reason.",
    [
      [FAULTS, "W1: the native module is missing, of the wrong kind, or blocked %s: a reason, not a crash"],
      [FALLBACK, "where there is no broker on this system, the browser signs in, and the event says why"],
      [LOAD_WAM_TRANSPORT, "loading a refused binary carries the words of the loader"],
    ],
    ELSEWHERE,
  ),
  row(
    "W2",
    "So does a Windows without WAM.",
    [
      [FIND_BROKER, "looking for the broker %s is a reason of its own, in words that end in what to do"],
      [FALLBACK, "where there is no broker on this system, the browser signs in, and the event says why"],
      [FEATURES, "the class is missing"],
    ],
    ELSEWHERE,
  ),
  row(
    "W3",
    "A dialog that the person closes is a no; no browser opens.",
    [
      [FAULTS, "W3: a closed dialog is the person's no, and nothing else is shown"],
      [
        FALLBACK,
        "a broker that is there stays the broker after a no, and the browser stays closed for the next call",
      ],
    ],
    ELSEWHERE,
  ),
  row(
    "W4",
    "A policy's refusal has WAM's numbers; no browser opens.",
    [
      [FAULTS, "W4: a policy's refusal carries WAM's status and number"],
      [
        WAM_REFUSAL,
        "a policy's refusal status %i, 0x%x: is conditional_access in the dialog, with the number",
      ],
    ],
    ELSEWHERE,
  ),
  row(
    "W5",
    "A fault of the network is one, and leads to no prompt.",
    [[FAULTS, "W5: a network fault is one, worth another try, and no prompt follows from it"]],
    ELSEWHERE,
  ),
  row(
    "W6",
    "A broker that hangs is limited in time, and an abort is heard within 100 ms in each phase.",
    [
      [
        FAULTS,
        "W6: the broker hangs an abort reaches the caller within 100 ms, in every phase, and WAM is told to stop",
      ],
      [FAULTS, "W6: the broker hangs the person has 300 s, then WAM is told to stop"],
      [CANCEL, "while the dialog is open"],
    ],
    ELSEWHERE,
  ),
  row(
    "W7",
    "Without a window the console's is used; a handle of another size is refused.",
    [
      [
        FAULTS,
        "W7: without a parent window the console's is used; see parent-window.test.ts for wrong and dead ones",
      ],
      [
        CURRENT_WINDOW,
        "the window at the time of the dialog is no handle of a wrong size, also from a function",
      ],
      [WINDOW_HANDLE, "a window handle %s is refused"],
      [INTERACTIVE, "a handle of another size is refused before anything is asked"],
    ],
    ELSEWHERE,
  ),
  row(
    "W8",
    "Dialogs come one after the other.",
    [
      [FAULTS, "W8: several dialogs at once are shown one after the other, also for different credentials"],
      [DIALOG_TURN, "dialogs come one after the other, in the order of asking"],
    ],
    ELSEWHERE,
  ),
  row(
    "W9",
    "A token of another tenant or account is dropped.",
    [
      [FAULTS, "W9: a token of somebody or somewhere else is dropped when the tenant is another one"],
      [FAULTS, "W9: a token of somebody or somewhere else is dropped when the account is another one"],
      [
        FAULTS,
        "W9: a token of somebody or somewhere else is dropped when nobody was asked, whatever WAM calls it: only a person can switch accounts",
      ],
    ],
    ELSEWHERE,
  ),
  row(
    "W10",
    "What the native module throws, or returns in error, twice or late, is typed.",
    [
      [
        FAULTS,
        "W10: the native module throws, returns junk, or answers late %j is refused with a typed error",
      ],
      [
        FAULTS,
        "W10: the native module throws, returns junk, or answers late a call that %s with an error of its own is a typed error with that as its cause %s, in %s",
      ],
      [
        FAULTS,
        "W10: the native module throws, returns junk, or answers late an answer after the abort is dropped",
      ],
      [BROKER_ANSWER_FUZZ, "damaged answers give a typed error or a well-formed answer, never anything else"],
    ],
    ELSEWHERE,
  ),
  row(
    "W11",
    "Strings are round-tripped exactly, or refused.",
    [
      [FAULTS, "W11: strings go to Windows as they are"],
      [STRINGS, "a string arrives as it was sent: %s"],
    ],
    ELSEWHERE,
  ),
  row(
    "W12",
    "An exit, a worker's end or a second load while a dialog is open ends cleanly.",
    [
      [END_OF_PROCESS, "W12: after an abort the process ends by itself, though Windows never answers"],
      [THREADS, "two worker threads and the main thread, at the same time"],
      [THREADS, "a worker thread that ends by itself leaves no factory behind"],
    ],
    ELSEWHERE,
  ),
  row(
    "W13",
    "The native module is loaded from its own package or from beside the code, is of a release that fits, and takes DLLs from the system's folder alone.",
    [
      [PREBUILDS, "the prebuilt binaries one for %s that would take a DLL from beside it is not fit"],
      [LOAD_WAM_TRANSPORT, "loading a missing binary says which package brings it, and what to do"],
      [LOAD_WAM_TRANSPORT, "loading a binary with the interface %s is another release's"],
    ],
    ELSEWHERE,
  ),
];
