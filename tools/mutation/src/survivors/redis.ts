import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/cache/src/redis");
const TEXT = '"Stryker was here!"';
const TOLD = "the server tells it whenever it is read: the default is for the compiler";
const NO_VALUES = "the script reads no value";
const FIRST_SAID = "whoever saves says first what the index is to say";

export const SURVIVORS_OF_REDIS: readonly ExplainedSurvivor[] = [
  ...[TEXT, '""'].map((to) =>
    survivor(
      "record-index",
      'const [what, value = "", number = "0", isComplete, ...changes] = answer as readonly string[];',
      to === TEXT ? '""' : '"0"',
      to,
      TOLD,
    ),
  ),
  ...[
    ['sealed === ""', "false"],
    ['""', TEXT],
  ].map(([from = "", to = ""]) =>
    survivor(
      "record-index",
      'const entry = sealed === "" ? undefined : openEntry(sealed, name, this.#parts.key);',
      from,
      to,
      "what is gone is nothing that was sealed, which takes longer to see",
    ),
  ),
  survivor(
    "record-index",
    "await commands.run(COMPLETE_INDEX, [names.index, names.head], []);",
    "[]",
    '["Stryker was here"]',
    NO_VALUES,
  ),
  ...[
    ['() => ""', "() => undefined"],
    ['""', TEXT],
  ].map(([from = "", to = ""]) =>
    survivor("record-place", 'entry: () => string = () => "";', from, to, FIRST_SAID),
  ),
  survivor("record-place", "isBefore = false;", "false", "true", "it is asked for after a look alone"),
  survivor("record-place", 'const [what, value = ""] = answer as readonly string[];', '""', TEXT, TOLD),
  survivor(
    "redis-commands",
    "this.#names.set(script, name);",
    "this.#names.set(script, name);",
    ";",
    "the name is made anew each time, and is the same",
  ),
  survivor(
    "redis-records",
    "const answer = await commands.run(READ_REVISION, [names.index, names.before.content], []);",
    "[]",
    '["Stryker was here"]',
    NO_VALUES,
  ),
  survivor(
    "redis-records",
    'return (answer as readonly string[]).join(" ");',
    '" "',
    '""',
    "a number ends where the letter begins with which each value does",
  ),
  survivor(
    "redis-records",
    "const entry = label === undefined ? { key } : { key, label };",
    "label === undefined",
    "false",
    "JSON leaves out what is undefined",
  ),
  survivor(
    "redis-records",
    "await commands.run(REMOVE_KEYS, keys, []);",
    "[]",
    '["Stryker was here"]',
    NO_VALUES,
  ),
  survivor("scan-keys", 'const [next = "0", ...keys] = (await commands.run(', '"0"', '""', TOLD),
  survivor(
    "single-value",
    "if ((await this.#store.read(key)) !== undefined) await this.#store.remove(key);",
    "(await this.#store.read(key)) !== undefined",
    "true",
    "to remove what is not there changes nothing, and takes a lease",
  ),
  survivor(
    "single-value",
    "const answer = await commands.run(LOOK_BEFORE, [names.head, names.before.content], []);",
    "[]",
    '["Stryker was here"]',
    NO_VALUES,
  ),
  survivor("single-value", 'const [what, found = ""] = answer as readonly string[];', '""', TEXT, TOLD),
  survivor(
    "single-value",
    "for (let start = 0; start < entries.length; start += MOVED_AT_ONCE) {",
    "start < entries.length",
    "start <= entries.length",
    "one round more moves none",
  ),
];
