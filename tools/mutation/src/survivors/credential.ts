import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const survivor = survivorsOf("packages/core/src/credential");

export const SURVIVORS_OF_CREDENTIAL: readonly ExplainedSurvivor[] = [
  survivor(
    "find-cached-token",
    "if (answer) checkAnswer(answer, { tenantId: call.tenantId, account });",
    "answer",
    "true",
    "to check what is not there is a fault, and a fault is no token either",
  ),
  survivor(
    "find-cached-token",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`",
  ),
];
