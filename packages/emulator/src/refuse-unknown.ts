/**
 * Refuses an object with a name that nobody knows: a slip of the pen would otherwise pass for an emulator that does not
 * do what it was told.
 * @param place - where the object stands, such as "startEmulator: tenants[0]"
 * @param known - has each name that it may have, whatever stands under it
 * @throws TypeError, detail "unknown_option", that has each such name and the one that is likely to be meant
 */
export function refuseUnknown(place: string, object: object, known: Readonly<Record<string, unknown>>): void {
  const unknown = namesIn(object).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  const names = Object.keys(known);
  const told = unknown.map((name) => {
    const meant = names.find((other) => isAlike(plain(name), plain(other)));
    return meant === undefined ? JSON.stringify(name) : `${JSON.stringify(name)} (perhaps "${meant}")`;
  });
  throw Object.assign(new TypeError(`${place} has no ${told.join(", ")}; it knows ${names.join(", ")}`), {
    code: "ERR_INVALID_ARG_VALUE",
    detail: "unknown_option",
  });
}

/** What somebody gave: a class's own methods and accessors lie in its prototype, and were not given as options. */
function namesIn(object: object): readonly string[] {
  const names = Object.keys(object);
  const origin: unknown = Object.getPrototypeOf(object);
  const isPlain = typeof origin === "object" && origin !== null && !Object.hasOwn(origin, "constructor");
  return isPlain ? [...names, ...namesIn(origin)] : names;
}

function plain(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}

/** The same but for case and marks, the beginning of it, or one letter more, less or other. */
function isAlike(one: string, other: string): boolean {
  if (one === other || (one.length > 3 && other.startsWith(one))) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || short.length < 3) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const isSwapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return isSwapped || short.slice(at) === long.slice(at + 1) || short.slice(at + 1) === long.slice(at + 1);
}
