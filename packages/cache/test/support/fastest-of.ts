/**
 * The least time that one of several runs of the same work took, in ms: a wait shows in every run, a busy machine only
 * in some.
 */
export async function fastestOf(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return Math.min(...times);
}
