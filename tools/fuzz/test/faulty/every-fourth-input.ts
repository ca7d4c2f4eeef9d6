// No test of this project: what one with a fault in every fourth input says is looked at by another.
import { fuzzTest } from "../../src/fuzz-test.ts";

let inputs = 0;

fuzzTest("every fourth input is a fault", "challenges", {
  least: {},
  once: () => {
    inputs += 1;
    if (inputs % 4 === 0) throw new TypeError("the fourth");
    return "well";
  },
});
