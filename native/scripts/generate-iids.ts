// Writes cpp/wam_iids.h from scripts/wam-types.ts. With --check it writes nothing and fails when the file differs.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { iidHeader } from "./iid-header.ts";

const target = fileURLToPath(new URL("../cpp/wam_iids.h", import.meta.url));
const wanted = iidHeader();

if (!process.argv.includes("--check")) {
  writeFileSync(target, wanted);
} else if (readFileSync(target, "utf8").replaceAll("\r\n", "\n") !== wanted) {
  console.error("cpp/wam_iids.h is not what scripts/wam-types.ts gives: run `npm run generate` in native/.");
  process.exitCode = 1;
}
