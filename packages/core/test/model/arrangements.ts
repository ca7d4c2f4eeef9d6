/** How the two credentials stand to each other. */
export type Together = "one_store" | "two_processes" | "one_question" | "strangers";

/** Where the exploration begins. */
export type Beginning = "nobody" | "all_waiting" | "signed_in" | "both_signed_in";

/** One of the four calls. The first two are the same call, so that they can share a request. */
export interface ModelCall {
  readonly of: 0 | 1;
  readonly scope: string;
  readonly by: "getToken" | "authenticate" | "forced";
}

export interface Arrangement {
  readonly name: string;
  readonly together: Together;
  readonly beginning: Beginning;
  readonly calls: readonly ModelCall[];
  /** The second credential's; absent: neither has one. */
  readonly hint?: boolean;
  /** The flow goes on after an abort, and its answer comes late. */
  readonly deaf?: boolean;
}

export const ARM = "https://management.azure.com/.default";
export const STORAGE = "https://storage.azure.com/.default";

const SAME: readonly ModelCall[] = [
  { of: 0, scope: ARM, by: "getToken" },
  { of: 0, scope: ARM, by: "getToken" },
  { of: 0, scope: STORAGE, by: "getToken" },
  { of: 1, scope: ARM, by: "getToken" },
];
const EXPLICIT: readonly ModelCall[] = [
  { of: 0, scope: ARM, by: "getToken" },
  { of: 0, scope: STORAGE, by: "getToken" },
  { of: 0, scope: ARM, by: "forced" },
  { of: 1, scope: ARM, by: "authenticate" },
];

const MIXED: readonly ModelCall[] = [
  { of: 0, scope: ARM, by: "getToken" },
  { of: 0, scope: STORAGE, by: "forced" },
  { of: 1, scope: ARM, by: "getToken" },
  { of: 1, scope: STORAGE, by: "getToken" },
];

/** All that is explored: four calls of two credentials each. */
export const ARRANGEMENTS: readonly Arrangement[] = [
  {
    name: "one store, nobody signed in",
    together: "one_store",
    beginning: "nobody",
    calls: SAME,
    deaf: true,
  },
  { name: "one store, explicit calls", together: "one_store", beginning: "nobody", calls: EXPLICIT },
  { name: "one store, signed in", together: "one_store", beginning: "signed_in", calls: SAME, deaf: true },
  {
    name: "one store, both signed in",
    together: "one_store",
    beginning: "both_signed_in",
    calls: MIXED,
    deaf: true,
  },
  {
    name: "one store, both signed in, explicit calls",
    together: "one_store",
    beginning: "both_signed_in",
    calls: EXPLICIT,
    deaf: true,
  },
  { name: "one store, all waiting", together: "one_store", beginning: "all_waiting", calls: SAME },
  { name: "one store, one with a hint", together: "one_store", beginning: "nobody", calls: SAME, hint: true },
  { name: "two processes, nobody signed in", together: "two_processes", beginning: "nobody", calls: SAME },
  { name: "two processes, explicit calls", together: "two_processes", beginning: "nobody", calls: EXPLICIT },
  { name: "two processes, all waiting", together: "two_processes", beginning: "all_waiting", calls: SAME },
  {
    name: "two processes, both signed in",
    together: "two_processes",
    beginning: "both_signed_in",
    calls: MIXED,
  },
  { name: "no store, all waiting", together: "one_question", beginning: "all_waiting", calls: SAME },
  { name: "no store, one question", together: "one_question", beginning: "nobody", calls: SAME },
  { name: "no store, signed in", together: "one_question", beginning: "both_signed_in", calls: SAME },
  { name: "strangers", together: "strangers", beginning: "nobody", calls: SAME, deaf: true },
];
