import { VALUES } from "../scripts/sanitized-build.ts";
import { libFuzzerTest } from "./lib-fuzzer.ts";

libFuzzerTest(
  "whatever Windows answers, the addon's reading of it is in bounds, frees all and leaves no error but its own",
  "native-values",
  { sanitizers: "address,undefined", sources: VALUES },
);
