import { invalidOption } from "../errors/invalid-option.ts";
import { checkNames, checkObject, type KnownNames } from "../errors/known-names.ts";
import { isShortText } from "../is-short-text.ts";

// Longer than this a timer would not be what the caller meant: about 24 days.
const LONGEST_TIME = 2 ** 31 - 1;

/** Checks of single options. Each returns the value, or throws a `TypeError` that names the option. */
export interface Check {
  wrong: typeof invalidOption;
  object(option: string, value: unknown): void;
  names<Options extends object>(
    option: string,
    value: Options,
    known: KnownNames<Options>,
    ignored?: Readonly<Record<string, true>>,
  ): void;
  boolean(option: string, value: boolean | undefined, otherwise: boolean): boolean;
  function<F>(option: string, value: F | undefined): F | undefined;
  methods(option: string, value: unknown, names: readonly string[]): void;
  milliseconds(option: string, value: number | undefined, least?: number): number | undefined;
  text(option: string, value: string | undefined): string | undefined;
  page(option: string, value: unknown): void;
  oneOf<T extends string>(option: string, value: T | undefined, allowed: readonly T[]): T | undefined;
}

export const check: Check = {
  wrong: invalidOption,

  object: checkObject,

  names: checkNames,

  boolean(option: string, value: boolean | undefined, otherwise: boolean): boolean {
    if (value === undefined) return otherwise;
    if (typeof value !== "boolean") throw invalidOption(option, "true or false", value);
    return value;
  },

  function<F>(option: string, value: F | undefined): F | undefined {
    if (value !== undefined && typeof value !== "function") throw invalidOption(option, "a function", value);
    return value;
  },

  methods(option: string, value: unknown, names: readonly string[]): void {
    const missing = names.find(
      (name) => typeof (value as Record<string, unknown> | null)?.[name] !== "function",
    );
    if (missing) throw invalidOption(option, `an object with the methods ${names.join(", ")}`, value ?? null);
  },

  milliseconds(option: string, value: number | undefined, least = 1): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !(value >= least && value <= LONGEST_TIME)) {
      throw invalidOption(option, `a number of milliseconds from ${least} to ${LONGEST_TIME}`, value);
    }
    return value;
  },

  text(option: string, value: string | undefined): string | undefined {
    if (value === undefined) return undefined;
    if (!isShortText(value) || value.trim() === "") {
      throw invalidOption(option, "a text of 1 to 1024 characters without control characters", value);
    }
    return value;
  },

  page(option: string, value: unknown): void {
    if (value !== undefined && typeof value !== "string" && typeof value !== "function")
      throw invalidOption(option, "a text of HTML, or a function that returns one", value);
  },

  oneOf<T extends string>(option: string, value: T | undefined, allowed: readonly T[]): T | undefined {
    if (value !== undefined && !allowed.includes(value)) {
      throw invalidOption(option, `one of ${allowed.map((word) => `"${word}"`).join(", ")}`, value);
    }
    return value;
  },
};
