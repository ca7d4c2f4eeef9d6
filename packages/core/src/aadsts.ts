import { MEANINGS } from "./refusals/aadsts-meanings.ts";
import { knownNumbers, remedyFor, type RemedyContext } from "./refusals/aadsts-remedies.ts";

export type { RemedyContext } from "./refusals/aadsts-remedies.ts";

/** What is known about an AADSTS number. */
export interface AadstsExplanation {
  readonly number: number;
  /** What happened: one sentence without a final stop. */
  readonly what: string;
  /** What to do: one sentence without a final stop, the same that errors have as their hint. */
  readonly remedy: string;
  /** Whether a policy of the tenant refused. */
  readonly byPolicy: boolean;
}

/** Explains a number, or `undefined` where nothing better is known than the authority's own words. */
export function explainAadsts(number: number, context: RemedyContext): AadstsExplanation | undefined {
  const remedy = remedyFor(number);
  const what = MEANINGS.get(number);
  if (!remedy || what === undefined) return undefined;
  return { number, what, remedy: remedy.text(context), byPolicy: remedy.conditionalAccess === true };
}

/** The numbers that can be explained. */
export function knownAadsts(): readonly number[] {
  return knownNumbers();
}
