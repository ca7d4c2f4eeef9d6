// Runs the addon in the real Windows node.exe under Wine, against a Web Account Manager of our own. Where Wine, the
// cross compiler or node.exe is missing it says what it skipped, and succeeds. Leaves its counts for the check that
// runs it.
import { closingLine } from "../../tools/check/src/counts.ts";
import { forgetCounts, leaveCounts } from "../../tools/check/src/counts-file.ts";
import { runWineTests } from "./wine/wine-tests.ts";

const SCRIPT = "test:wine";
forgetCounts(SCRIPT);
const result = await runWineTests(process.argv.slice(2));
leaveCounts(SCRIPT, result);
console.log(closingLine(result));
process.exitCode = result.failed === 0 ? 0 : 1;
