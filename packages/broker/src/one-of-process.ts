/**
 * One thing that all of this process shares: two copies of this package, as an ES module and bundled, meet here, too.
 * Each worker thread has its own. Other versions of this package read it: a new shape needs a new name.
 */
export function oneOfProcess<T extends object>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: T | undefined };
  return (shared[Symbol.for(`entrada.broker.${name}`)] ??= make());
}
