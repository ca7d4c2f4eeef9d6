/** What is measured, not only held: a goal, the figure of a run, and how to have it again. */
export interface Figure {
  readonly what: string;
  readonly goal: string;
  readonly ours: string;
  readonly command: string;
}

const LIMITS = "npm run limits";
const figure = (what: string, goal: string, ours: string, command: string): Figure => ({
  what,
  goal,
  ours,
  command,
});

/** Of 29 and 30 November 2026, on two processors that had much else to do. */
export const FIGURES: readonly Figure[] = [
  figure(
    "wrong options, calls and challenges, each with its class, code and detail",
    "600",
    "888",
    "npm test",
  ),
  figure(
    "drawn inputs for a pull request: 20,000 requests, 50,000 token answers, 20,000 device answers, 20,000 cache files, 20,000 challenges, 2,000 addresses, 20,000 pasted answers, 40,000 answers of brokers",
    "0 faults",
    "0",
    "npm run fuzz -- --short",
  ),
  figure(
    "as each night: 1,000,000 requests and as many token answers, 200,000 device answers, 400,000 cache files, 200,000 challenges, 50,000 addresses, 200,000 pasted answers, 400,000 answers of brokers",
    "0 faults",
    "0",
    "npm run fuzz",
  ),
  figure(
    "five minutes each of answers of Windows and of orders to the worker's queue, read by the addon's C++ under AddressSanitizer and UBSan, led by coverage: 876,650 and 459,546 inputs",
    "0 faults",
    "0",
    "npm run fuzz -- native-values native-queue --seconds 300 --seed 1601",
  ),
  figure(
    "ends of a process in which 200 threads are terminated while operations of the addon's session end in them, under AddressSanitizer",
    "0",
    "0",
    "npm run test:sanitized",
  ),
  figure(
    "promises of the engine broken in the 125,144 ways in which five things can happen to four callers, two credentials and a person",
    "0 of 13",
    "0 of 13",
    "npm run model -- --depth 5",
  ),
  figure("faults put into the engine that this finds", "30", "41 of 41", "npm run model -- --seeded"),
  figure(
    "faults put in by hand that the tests notice; those that a machine puts in are in [Mutants](mutants.md)",
    "all",
    "21 of 21",
    "npm run mutants -- --seeded",
  ),
  figure(
    "cache files broken, acknowledged writes lost, locks stuck by 2,000 `kill -9`",
    "0, 0, 0",
    "0, 0, 0",
    "npm run torture -- kill --times 1000",
  ),
  figure(
    "prompts, metadata requests and renewals for 1,000 callers",
    "1, 1, 1",
    "1, 1, 1",
    `${LIMITS} -- single-flight`,
  ),
  figure("renewals for 8 processes with one cache", "1", "1", `${LIMITS} -- single-flight`),
  figure(
    "records lost of 800 that 16 processes save at once, and bad reads of 8 processes meanwhile",
    "0, 0",
    "0, 0",
    `${LIMITS} -- many-writers`,
  ),
  figure(
    "a save of those, half of them and all but one of a hundred, where the machine does nothing else",
    "25 ms, 700 ms",
    "24.5 to 26.5 ms, 402 to 431 ms",
    `${LIMITS} -- many-writers`,
  ),
  figure("the longest wait for a person who does nothing", "300 s", "300 s", `${LIMITS} -- waits`),
  figure(
    "the longest wait for an authority that says nothing, and for a renewal",
    "60 s, 60 s",
    "60 s, 60 s",
    `${LIMITS} -- waits`,
  ),
  figure("a call whose token is in memory", "50 µs", "0.6 µs", `${LIMITS} -- warm`),
  figure("heap after 1,000,000 of them", "flat", "+0.0 MB", `${LIMITS} -- warm`),
  figure(
    "the real answer after 2,000 half-open connections and 20,000 wrong answers",
    "1 s",
    "0.1 s",
    `${LIMITS} -- crowd`,
  ),
  figure("memory for those", "20 MB", "14.5 MB", `${LIMITS} -- crowd`),
  figure("memory for a form post without end", "5 MB", "0 MB", `${LIMITS} -- crowd`),
  figure(
    "the slowest of 260 aborts, in thirteen phases, two of them at the Linux broker",
    "100 ms",
    "58 ms",
    `${LIMITS} -- cancel`,
  ),
  figure(
    "the slowest of 20 aborts while Windows's dialog is open, under Wine",
    "100 ms",
    "0.9 ms",
    `${LIMITS} -- cancel-windows`,
  ),
  figure(
    "from the end of a sign-in to that of its process, whose port is free then",
    "200 ms",
    "0.4 ms",
    `${LIMITS} -- settled`,
  ),
  figure(
    "secrets in the log, events, errors, inspectors, files, arguments and environment",
    "0",
    "0 of 13",
    `${LIMITS} -- secrets`,
  ),
  figure(
    "wrong tokens, expired tokens and errors without a type in 15 minutes of 50 calls a second over 20 accounts, with an authority that fails a fifth of its answers, clock steps, revocations and sign-outs",
    "0",
    "0 of 45,000 calls",
    "npm run soak -- --seed 1717",
  ),
  figure(
    "heap after those, beside that after their first minutes",
    "flat",
    "+1.0 MB",
    "npm run soak -- --seed 1717",
  ),
  figure("from a call to the browser", "30 ms", "9.6 ms", "npm run bench -- browser"),
];

/** The section of `docs/reliability.md`. */
export function figuresSection(figures: readonly Figure[]): readonly string[] {
  return [
    "## Figures",
    "",
    "Of runs on 29 and 30 November 2026, on two processors that had much else to do.",
    "",
    "| what | goal | figure | command |",
    "| --- | --- | --- | --- |",
    ...figures.map(({ what, goal, ours, command }) => `| ${what} | ${goal} | ${ours} | \`${command}\` |`),
  ];
}
