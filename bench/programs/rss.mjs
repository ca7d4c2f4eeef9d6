// How much memory a Node takes that does nothing.
import { say } from "./say.mjs";

say("token", { rss: process.memoryUsage.rss() });
process.exit();
