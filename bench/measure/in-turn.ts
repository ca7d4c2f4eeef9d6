/** One round's figures, by the name of the subject. */
export type Round<Name extends string, T> = Readonly<Record<Name, T>>;

/**
 * Measures subjects in turn, A B A B, so that whatever else the machine does falls on all alike; every second round
 * goes the other way. The first round warms the disk and is thrown away.
 */
export async function inTurn<Name extends string, T>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<T>>>,
): Promise<readonly Round<Name, T>[]> {
  const names = Object.keys(subjects) as Name[];
  const results: Round<Name, T>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const figures = {} as Record<Name, T>;
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name] = await subjects[name]();
    if (round > 0) results.push(figures);
  }
  return results;
}
