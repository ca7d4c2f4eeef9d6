/** Something that is wrong, and what to do about it. */
export interface Finding {
  /** A stable snake_case word. */
  readonly code: string;
  /** What is wrong: a sentence that holds nothing of the person, of the machine or of the tenant. */
  readonly what: string;
  readonly todo: string;
  /** Which file, host or value is meant; shown to the person alone. */
  readonly detail?: string;
}

/** What was looked at: a line of the page, and the same for programs without what is the person's own. */
export interface Fact {
  readonly name: string;
  /** For the person. */
  readonly shown: string;
  /** For bug reports. */
  readonly told: string | number | boolean | null;
}

export interface Examined {
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
}
