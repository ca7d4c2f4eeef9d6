import { checkForm, checkGiven, FLAG, isZeroOrMore, OBJECT, oneOf, TEXT, type Form } from "../forms.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import type { EmulatorFault } from "./emulator-fault.ts";

const COUNT: Form = { expected: "a number of zero or more", fits: isZeroOrMore };
const NUMBER: Form = { expected: "a number", fits: (it) => typeof it === "number" };

/** A value of one of several forms. */
function either(...forms: readonly Form[]): Form {
  return {
    expected: forms.map(({ expected }) => expected).join(", or "),
    fits: (it) => forms.some(({ fits }) => fits(it)),
  };
}

// Spelled out so that the compiler asks for each new one. How often and when is for whoever counts, which is a matter of
// range; a body may be anything.
const FAULT: Readonly<Record<keyof EmulatorFault, Form>> = {
  on: TEXT,
  times: NUMBER,
  after: NUMBER,
  tenant: TEXT,
  delayInMs: COUNT,
  status: {
    expected: "an HTTP status",
    fits: (it) => Number.isInteger(it) && (it as number) >= 200 && (it as number) <= 599,
  },
  body: { expected: "anything", fits: () => true },
  headers: OBJECT,
  retryAfter: either(COUNT, { expected: "a text", fits: (it) => typeof it === "string" }),
  error: OBJECT,
  reset: either(FLAG, oneOf("afterWork")),
  never: FLAG,
  truncate: FLAG,
  drip: COUNT,
  huge: COUNT,
  gzip: FLAG,
  wrongIssuer: either(FLAG, TEXT),
  mutate: { expected: "a function", fits: (it) => typeof it === "function" },
};
const REFUSAL: Readonly<Record<keyof NonNullable<EmulatorFault["error"]>, Form>> = {
  error: TEXT,
  suberror: TEXT,
  aadsts: COUNT,
  description: TEXT,
  claims: TEXT,
};

/**
 * Checks the members of a fault and of the refusal in it: one that is not known would make it go wrong in another way
 * than was meant.
 * @throws TypeError that names the member; detail "unknown_option" for a name that nobody knows
 */
export function checkFault(fault: object): void {
  refuseUnknown("script: a fault", fault, FAULT);
  checkGiven("script", fault, FAULT);
  const { error } = fault as EmulatorFault;
  if (error === undefined) return;
  refuseUnknown("script: the error of a fault", error, REFUSAL);
  checkForm("script.error.error", error.error, TEXT);
  checkGiven("script.error", error, REFUSAL);
}
