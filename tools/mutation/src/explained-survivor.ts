/** A mutant that no test can notice, since the program does the same with it. */
export interface ExplainedSurvivor {
  /** As seen from the root. */
  readonly file: string;
  /** The line in which it begins, without the spaces around it. */
  readonly line: string;
  /** The code as it is, as Stryker reports it; of several lines: the first. */
  readonly from: string;
  readonly to: string;
  /** Why it changes nothing, in one sentence. */
  readonly reason: string;
}

/** Writes down the survivors of a room: its folder, and then the file without its ending and what is above. */
export function survivorsOf(
  folder: string,
): (file: string, line: string, from: string, to: string, reason: string) => ExplainedSurvivor {
  return (file, line, from, to, reason) => ({ file: `${folder}/${file}.ts`, line, from, to, reason });
}
