import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/credential");

export const SURVIVORS_OF_CREDENTIAL: readonly ExplainedSurvivor[] = [
  survivor(
    "find-cached-token",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`",
  ),
];
