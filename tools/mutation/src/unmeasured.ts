// Stands in for tools/measure/expect-within.ts while a mutant is tried: the code carries all mutants then and is slow,
// so a figure says nothing. What is done meanwhile must still hold.

/** Does the work once, and looks at no figure. */
export async function expectWithin(_limit: number, measure: () => number | Promise<number>): Promise<void> {
  await measure();
}

/** Does the work, and says that it took no time. */
export async function timeOf(work: () => unknown): Promise<number> {
  await work();
  return 0;
}
