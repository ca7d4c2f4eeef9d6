import { accountCases } from "./account-cases.ts";
import type { ComparisonCase } from "./comparison-case.ts";
import { dialogCases } from "./dialog-cases.ts";
import { silentCases } from "./silent-cases.ts";

/** Everything that is done by both sides. */
export const comparisonCases: readonly ComparisonCase[] = [...silentCases, ...dialogCases, ...accountCases];
