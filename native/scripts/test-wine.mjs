// Runs the addon in the real Windows node.exe under Wine, against a Web Account Manager of our own. Where Wine, the
// cross compiler or node.exe is missing it says what it skipped, and succeeds.
import { runWineTests } from "./wine/wine-tests.ts";

process.exitCode = await runWineTests(process.argv.slice(2));
