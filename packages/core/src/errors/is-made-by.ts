/** What `instanceof` says of its own accord. */
export function isMadeBy(constructor: object, error: unknown): boolean {
  return Function.prototype[Symbol.hasInstance].call(constructor as () => void, error);
}

/** Whether an error of this or another copy of this package has put this symbol onto itself. */
export function isMarked(error: unknown, marker: symbol): boolean {
  return typeof error === "object" && error !== null && marker in error;
}
