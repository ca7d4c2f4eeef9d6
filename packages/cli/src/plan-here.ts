import { explainSignIn, type ExplainOptions, type SignInPlan } from "@entrada/auto";

/** How this command would sign a person in here. The device code is in it: no package is looked for. */
export function planHere(options: Pick<ExplainOptions, "authorityHost"> = {}): SignInPlan {
  return explainSignIn({ ...options, allowDeviceCode: true, installed: { deviceCode: true } });
}
