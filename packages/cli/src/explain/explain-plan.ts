import type { ExplainOptions, SignInPlan } from "@entrada/auto";
import { inCommandWords } from "../command-words.ts";
import type { Terminal } from "../terminal.ts";

/** Says how a sign-in would go here, and why not otherwise. */
export async function explainPlan({ json }: { readonly json?: boolean }, terminal: Terminal): Promise<void> {
  const { steps } = await planHere();
  const plan = {
    steps: steps.map((step) =>
      step.hint === undefined ? step : { ...step, hint: inCommandWords(step.hint) },
    ),
  };
  if (json === true) return terminal.out(`${JSON.stringify(plan, undefined, 2)}\n`);
  const lines = plan.steps.map(({ flow, use, code, hint }) =>
    use ? `${flow}: yes\n` : `${flow}: no (${code}). ${hint}\n`,
  );
  return terminal.out(lines.join(""));
}

/** How this command would sign a person in here. The device code is in it: no package is looked for. */
export async function planHere(options: Pick<ExplainOptions, "authorityHost"> = {}): Promise<SignInPlan> {
  const { explainSignIn } = await import("@entrada/auto");
  return explainSignIn({ ...options, allowDeviceCode: true, installed: { deviceCode: true } });
}
