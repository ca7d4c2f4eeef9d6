/** What a value must be: the words for it, and whether it is. */
export interface Form {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

export const TEXT: Form = { expected: "a text", fits: (it) => typeof it === "string" && it !== "" };
export const FLAG: Form = { expected: "true or false", fits: (it) => typeof it === "boolean" };
export const SECONDS: Form = { expected: "zero or more seconds, as a number", fits: isZeroOrMore };
export const OBJECT: Form = { expected: "an object", fits: isObject };
export const LIST: Form = { expected: "a list", fits: Array.isArray };
export const TEXTS: Form = {
  expected: "a list of texts",
  fits: (it) => Array.isArray(it) && it.every(TEXT.fits),
};

/** One of a few words or numbers. */
export function oneOf(...values: readonly (string | number)[]): Form {
  const words = values.map((value) => JSON.stringify(value));
  const last = words.pop();
  return {
    expected: [words.join(", "), last].filter(Boolean).join(" or "),
    fits: (it) => (values as readonly unknown[]).includes(it),
  };
}

/**
 * Checks what was given of some fields. Those that were not given are left to their defaults.
 * @param place - where the object stands, such as "startEmulator: tenants[0]"
 * @throws TypeError that names the field and the form it must have
 */
export function checkGiven(place: string, given: object, forms: Readonly<Record<string, Form>>): void {
  for (const [name, form] of Object.entries(forms)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) checkForm(`${place}.${name}`, value, form);
  }
}

export function checkForm(place: string, value: unknown, { expected, fits }: Form): void {
  if (fits(value)) return;
  const refusal = new TypeError(`${place} must be ${expected}, not ${shown(value)}`);
  throw Object.assign(refusal, { code: "ERR_INVALID_ARG_VALUE" });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isZeroOrMore(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return isObject(value) ? "this object" : String(value);
}
