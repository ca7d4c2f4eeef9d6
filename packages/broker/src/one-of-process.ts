/**
 * One thing that all of this process shares: two copies of this package, as an ES module and bundled, meet here, too.
 * Each worker thread has its own. Other versions of this package read it: a new shape needs a new name.
 */
export function oneOfProcess<T extends object>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: T | undefined };
  return (shared[Symbol.for(`entrada.broker.${name}`)] ??= make());
}

/** The same, for each way to a broker. @param by - a transport of the caller's own; undefined: the broker of this machine */
export function oneOfProcessBy<T extends object>(name: string, by: object | undefined, make: () => T): T {
  const all = oneOfProcess<WeakMap<object, T>>(name, () => new WeakMap());
  const key = by ?? globalThis;
  const present = all.get(key) ?? make();
  all.set(key, present);
  return present;
}
