import { foreignOptions } from "./foreign-options-table.ts";

const SHORTEST_GUESS = 4;
const SHORTEST_LIST = 9;
/** What is known where a person signs in: to a credential, and to its calls. */
const OF_SIGN_INS = ["clientId", "abortSignal"];

/**
 * What to write instead of a name that nobody knows: a sentence without its final stop, or nothing where there is nothing
 * to say.
 */
export function hintFor(name: string, known: readonly string[]): string | undefined {
  // A time is meant, whatever it is counted in: what is told names the unit. And builders have verbs before an option.
  const meant = [name, withoutUnit(name), withoutVerb(name)].find((each) => hasWords(each, known)) ?? name;
  return hintForName(meant, known);
}

function hasWords(name: string, known: readonly string[]): boolean {
  return rowsFor(name, known).length > 0 || nearest(plain(name), known) !== undefined;
}

function withoutUnit(name: string): string {
  return name.replace(
    /[_-]?(?:in)?[_-]?(?:ms|millis|milliseconds|s|sec|secs|seconds|min|mins|minutes)$/i,
    "",
  );
}

function withoutVerb(name: string): string {
  return name.replace(/^(?:with|set)[_-]?/i, "");
}

function hintForName(name: string, known: readonly string[]): string | undefined {
  const rows = rowsFor(name, known);
  const fitting = rows.find((instead) => known.some((other) => instead.includes(`'${other}'`)));
  if (fitting !== undefined) return sentenceOf(fitting);
  const near = nearest(plain(name), known);
  if (near !== undefined) return [`Perhaps "${near}" is meant`, ...placeOf(name)].join("; ");
  if (rows[0] !== undefined) return sentenceOf(rows[0]);
  const part = known.find((other) => other.length >= SHORTEST_GUESS && plain(name).includes(plain(other)));
  if (part !== undefined) return `Perhaps "${part}" is meant`;
  if (known.length === 0) return "There are none";
  return known.length < SHORTEST_LIST
    ? `Known are ${known.map((other) => `"${other}"`).join(", ")}`
    : undefined;
}

/** Where a name of our own belongs, for one that is only like a name that is known here. */
function placeOf(name: string): readonly string[] {
  const rows = foreignOptions().at(-1)?.rows ?? [];
  const row = rows.find(({ names, instead }) => names.includes(name) && instead.startsWith("an option"));
  return row === undefined ? [] : [`"${name}" is ${row.instead.replaceAll(/'([^'"]*)'/g, '"$1"')}`];
}

/**
 * What the table says of a name, in its own spelling before any other. Most of the table tells who signs in what a
 * credential has instead; a token cache or a server has nothing of it but what it knows itself. Where a name of our own
 * belongs is right everywhere.
 */
function rowsFor(name: string, known: readonly string[]): readonly string[] {
  const libraries = foreignOptions();
  const isSignIn = OF_SIGN_INS.some((option) => known.includes(option));
  const rows = libraries.flatMap((library) =>
    isSignIn || library === libraries.at(-1)
      ? library.rows
      : library.rows.filter(({ instead }) => known.includes(/^'(\w+)/.exec(instead)?.[1] ?? "")),
  );
  const exact = rows.filter(({ names }) => names.includes(name));
  const alike = rows.filter(({ names }) => names.some((other) => plain(other) === plain(name)));
  return [...exact, ...alike].map(({ instead }) => instead);
}

function sentenceOf(instead: string): string {
  const text = instead.replaceAll(/'([^'"]*)'/g, '"$1"');
  if (text === "none") return "There is none in its place";
  if (text.startsWith("none: ")) return `There is none in its place: ${text.slice("none: ".length)}`;
  return text.startsWith("an option") ? `It is ${text}` : `Use ${text}`;
}

/** The one that was probably meant: written another way, longer or shorter, or with one slip of the hand. */
function nearest(bare: string, known: readonly string[]): string | undefined {
  const same = known.find((other) => plain(other) === bare);
  if (same !== undefined || bare.length < SHORTEST_GUESS) return same;
  return (
    known.find((other) => plain(other).startsWith(bare)) ??
    known.find((other) => isOneEditAway(plain(other), bare)) ??
    known.find((other) => plain(other).includes(bare))
  );
}

/** Without what spellings differ in: case, and the marks between words. */
function plain(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}

/** Whether one letter more, less, other, or two in the other order make one word of the other. */
function isOneEditAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [restOfOne, restOfOther] = [one.slice(start), other.slice(start)];
  const isSwapped =
    restOfOne[0] === restOfOther[1] &&
    restOfOne[1] === restOfOther[0] &&
    restOfOne.slice(2) === restOfOther.slice(2);
  return (
    isSwapped ||
    restOfOne.slice(1) === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1)
  );
}
