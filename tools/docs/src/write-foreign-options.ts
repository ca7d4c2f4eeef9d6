// `node tools/docs/src/write-foreign-options.ts`: writes anew, from the names that options are refused by, the tables of
// docs/migration.md and what the codemod says of options of @azure/identity.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refusedOptionsModule, withForeignOptions } from "./foreign-options-table.ts";
import { ROOT } from "./site-folders.ts";

const guide = join(ROOT, "docs/migration.md");
writeFileSync(guide, withForeignOptions(readFileSync(guide, "utf8")));
writeFileSync(join(ROOT, "packages/codemod/src/refused-options.ts"), refusedOptionsModule());
