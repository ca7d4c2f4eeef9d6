import { Command } from "commander";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface ExplainOptions {
  readonly json?: boolean;
}

export function explainCommand(terminal: Terminal): Command {
  return new Command("explain")
    .description("Say what a code means and what to do, or without a code how a sign-in would go here")
    .argument("[code]", "AADSTS7000218, 50011, browser_unavailable ...")
    .option("--json", "as JSON")
    .action(async (code: string | undefined, options: ExplainOptions) =>
      code === undefined ? explainPlan(options, terminal) : explainCode(code, options, terminal),
    );
}

async function explainCode(text: string, { json }: ExplainOptions, terminal: Terminal): Promise<void> {
  const { explanationOf, ourCodes } = await import("../explanations.ts");
  const found = explanationOf(text);
  if (found === undefined) {
    const known = `an AADSTS number, or one of ${ourCodes().join(", ")}`;
    throw new UsageError(`Nothing is known of ${JSON.stringify(text.slice(0, 60))}. Give ${known}.`);
  }
  const { code, explanation, more } = found;
  await terminal.out(
    json === true ? `${JSON.stringify(found)}\n` : `${code}\n${explanation}\nMore: ${more}\n`,
  );
}

async function explainPlan({ json }: ExplainOptions, terminal: Terminal): Promise<void> {
  const [{ explainSignIn }, { inCommandWords }] = await Promise.all([
    import("@entrada/auto"),
    import("../command-words.ts"),
  ]);
  const { steps } = explainSignIn({ allowDeviceCode: true });
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
