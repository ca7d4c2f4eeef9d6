import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/cache/src/file");
const WITHOUT_RESULT = "a function that ends without a result has the result `undefined`";
const NEITHER_MADE =
  "who cannot make a folder cannot make it after the one above it either, and is told the same; a root that is not there is Windows' alone";
const MAY_NOT_LOOK = "who may not look whether a folder is there may not make it either";

export const SURVIVORS_OF_FILE: readonly ExplainedSurvivor[] = [
  at(
    "file-records",
    'return [await identityAt(index), await identityAt(before)].join(" ");',
    '" "',
    '""',
    "an identity begins with the file's number, of which there is one on a disk",
  ),
  at(
    "record-changes",
    "const entry = label === undefined ? { key } : { key, label };",
    "label === undefined",
    "false",
    "a label of `undefined` is not written, and compared it is none",
  ),
  at(
    "listing/index-changes",
    "const added = await old.file.read(before.length, Math.max(Number(size) - before.length, 0));",
    "Number(size) - before.length",
    "Number(size) + before.length",
    "a file is read to its end and no further",
  ),
  at(
    "listing/index-changes",
    "if (added.length === 0) return;",
    "added.length === 0",
    "false",
    "to add nothing changes nothing",
  ),
  at(
    "leftovers",
    "const all = (await named(path, CORRUPT)).sort();",
    "(await named(path, CORRUPT)).sort()",
    "await named(path, CORRUPT)",
    "Node.js has sorted the names of a folder; other runtimes need not",
  ),
  at("prepare-directory", "try {", "{", "{}", "that a folder is there already is no fault of who makes it"),
  at("prepare-directory", "} catch (error) {", "{", "{}", MAY_NOT_LOOK),
  at(
    "prepare-directory",
    'if (systemCode(error) !== "ENOENT") throw error;',
    'systemCode(error) !== "ENOENT"',
    "false",
    MAY_NOT_LOOK,
  ),
  ...[
    ['systemCode(error) !== "ENOENT" || parent === directory', "false"],
    [
      'systemCode(error) !== "ENOENT" || parent === directory',
      'systemCode(error) !== "ENOENT" && parent === directory',
    ],
    ['systemCode(error) !== "ENOENT"', "false"],
    ["parent === directory", "false"],
  ].map(([from, to]) =>
    at(
      "prepare-directory",
      'if (systemCode(error) !== "ENOENT" || parent === directory) throw error;',
      from!,
      to!,
      NEITHER_MADE,
    ),
  ),
  at(
    "record-folder",
    'const [, record = ""] = TEMPORARY.exec(name)!;',
    '""',
    '"Stryker was here!"',
    "only names of this form are left, which have this part",
  ),
  at(
    "record-folder",
    'if (systemCode(error) === "ENOENT") return [];',
    "[]",
    '["Stryker was here"]',
    "this is no file of the cache's either",
  ),
  at(
    "record-files",
    "destroy: () => Promise.resolve(),",
    "() => Promise.resolve()",
    "() => undefined",
    "`undefined` can be awaited, too",
  ),
  at(
    "record-folder",
    "if (left.length === 0) return;",
    "left.length === 0",
    "false",
    "where nothing is left nothing is removed",
  ),
  at("listing/record-index", "} catch {", "{", "{}", WITHOUT_RESULT),
  at(
    "listing/record-list",
    "for (let start = 0; start < unknown.length; start += OPENED_AT_ONCE) {",
    "start < unknown.length",
    "start <= unknown.length",
    "of no names nothing is learned",
  ),
  at(
    "listing/record-list",
    "return { records: [], pieces: 0, length: 0 };",
    "[]",
    '["Stryker was here"]',
    "what has the name of no file that is there is left out",
  ),
  at(
    "listing/record-list",
    "const isPlain = wasPlain && key !== undefined && (await this.#isPlain(name));",
    "key !== undefined",
    "true",
    "where there is no key a record is opened without one, whatever it is",
  ),
  at(
    "listing/record-list",
    "return sealed?.header.keyId === undefined;",
    "sealed?.header",
    "sealed.header",
    "a file that has gone is no record, whichever way it is opened",
  ),
  at("listing/record-list", "} catch {", "{", "{}", `${WITHOUT_RESULT}, which is as false`),
  at(
    "listing/record-list",
    "return false; // who opens it hears why",
    "false",
    "true",
    "what cannot be read is no record, whichever way it is opened",
  ),
  at(
    "replace-file",
    "if (!mayPass || monotonicTime() - startedAt > RENAME_LIMIT_IN_MS) throw error;",
    "monotonicTime() - startedAt > RENAME_LIMIT_IN_MS",
    "monotonicTime() - startedAt >= RENAME_LIMIT_IN_MS",
    "one try more or less at that very moment is no matter",
  ),
  at("seen-folder", "} catch {", "{", "{}", WITHOUT_RESULT),
];
