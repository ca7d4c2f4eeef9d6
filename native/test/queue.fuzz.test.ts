import { sanitizedSource } from "../scripts/sanitized-build.ts";
import { libFuzzerTest } from "./lib-fuzzer.ts";

libFuzzerTest(
  "what is posted to the worker before its end runs once and in order, from two threads and at any moment",
  "native-queue",
  { sanitizers: "address,undefined", sources: [sanitizedSource("fuzz_queue.cc"), "cpp/job_queue.cc"] },
);
