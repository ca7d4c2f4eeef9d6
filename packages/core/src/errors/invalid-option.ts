/** A wrong option: says which, what was expected and what came. Thrown before anything is done. */
export function invalidOption(
  option: string,
  expected: string,
  received?: unknown,
  detail?: string,
): TypeError {
  const shown = received === undefined ? "" : ` Received ${describe(received)}.`;
  const error = new TypeError(`The option "${option}" must be ${expected}.${shown}`);
  const wrongType =
    received !== undefined &&
    detail === undefined &&
    typeof received !== "string" &&
    typeof received !== "number";
  return Object.assign(error, {
    code: wrongType ? "ERR_INVALID_ARG_TYPE" : "ERR_INVALID_ARG_VALUE",
    ...(detail === undefined ? {} : { detail }),
  });
}

function describe(value: unknown): string {
  // A user name, and in a URL a password, is not repeated.
  if (typeof value === "string")
    return JSON.stringify(value.replace(/^[^]*@/, "***@").replace(/^([^]{60})[^]+/, "$1..."));
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
