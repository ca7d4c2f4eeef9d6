import { invalidOption } from "./invalid-option.ts";
import { unknownOption } from "./unknown-option.ts";

/** The names that an object of options may have, each once: the compiler asks for every new one. */
export type KnownNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Refuses an object of options with a name that nobody knows: what does nothing is worse than what is refused.
 * @param option - how the object is called in messages; "options" for the caller's own
 * @param ignored - names that are taken besides, and do nothing here: none is suggested
 * @throws TypeError, detail "unknown_option", that names each, and what to write instead where that can be told
 */
export function checkNames<Options extends object>(
  option: string,
  value: Options,
  known: KnownNames<Options>,
  ignored: Readonly<Record<string, true>> = {},
): void {
  checkObject(option, value);
  const unknown = namesIn(value).filter(
    (name) => !Object.hasOwn(known, name) && !Object.hasOwn(ignored, name),
  );
  if (unknown.length > 0) throw unknownOption(option, unknown, Object.keys(known));
}

/** @throws TypeError for what is no object */
export function checkObject(option: string, value: unknown): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidOption(option, "an object", value ?? null);
  }
}

/**
 * The names that somebody gave: those of the object itself, and of the objects it was made from. What a class has for all
 * its objects, its methods and accessors, was not given as an option.
 */
function namesIn(value: object): readonly string[] {
  const names = Object.keys(value);
  let origin: unknown = Object.getPrototypeOf(value);
  while (typeof origin === "object" && origin !== null && !Object.hasOwn(origin, "constructor")) {
    names.push(...Object.keys(origin));
    origin = Object.getPrototypeOf(origin);
  }
  return names;
}
