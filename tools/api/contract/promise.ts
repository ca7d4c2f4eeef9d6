// How a promise about the public surface is written down. Nothing here runs: what does not hold does not compile.

/** Fails to compile for everything but `true`. */
export type Holds<Promise extends true> = Promise;

/** Whether two types are the same. */
// The parameter is what makes the compiler compare the types as they are written, `readonly` and all.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * Whether a type has all members of a promised one, each of the promised type. It may have more. Whether a member
 * that may be left out may also be `undefined` is not part of a promise.
 */
export type Has<Actual, Promised> = {
  [Name in keyof Promised]-?: Name extends keyof Actual
    ? [
        Same<Defined<Actual[Name]>, Defined<Promised[Name]>>,
        Same<MayLack<Actual, Name>, MayLack<Promised, Name>>,
      ]
    : "missing";
} extends { [Name in keyof Promised]-?: [true, true] }
  ? true
  : false;

/** Whether something can be used as promised: called with the promised arguments, say. It may take more. */
export type Serves<Actual, Promised> = [Actual] extends [Promised] ? true : false;

type Defined<T> = Exclude<T, undefined>;
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- what a member that may be left out accepts
type MayLack<T, Name extends keyof T> = Record<never, never> extends Pick<T, Name> ? true : false;
