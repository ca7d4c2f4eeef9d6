import type { WamRefusal } from "./wam-refusal.ts";
import { WamResultError } from "./wam-result-error.ts";

/** What Windows gave as the reason, for the `cause` of an error. */
export function causeOf({ cause, status, code, ...refusal }: WamRefusal): unknown {
  if (cause !== undefined || status === undefined) return cause;
  return new WamResultError(status, code, figuresOf({ ...refusal, status, code }));
}

/** `what` with WAM's figures, such as "(status 5, 0xCAA20009 = 3399614473)": people search for either spelling. */
export function withFigures(what: string, refusal: WamRefusal, first: string = ""): string {
  const figures = [first, figuresOf(refusal)].filter(Boolean).join(", ");
  return figures === "" ? what : `${what} (${figures})`;
}

function figuresOf({ status, code, step }: WamRefusal): string {
  const number = code === undefined ? "" : `0x${code.toString(16).toUpperCase().padStart(8, "0")} = ${code}`;
  return [step, status === undefined ? "" : `status ${status}`, number].filter(Boolean).join(", ");
}

const LONGEST_TEXT = 1000;

/** WAM's own words, as far as they are worth showing. */
export function shortened(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim().slice(0, LONGEST_TEXT);
}
