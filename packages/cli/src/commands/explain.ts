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
    .action(async (code: string | undefined, options: ExplainOptions) => {
      if (code !== undefined) return explainCode(code, options, terminal);
      const { explainPlan } = await import("../explain/explain-plan.ts");
      return explainPlan(options, terminal);
    });
}

async function explainCode(text: string, { json }: ExplainOptions, terminal: Terminal): Promise<void> {
  const { explanationOf, ourCodes } = await import("../explain/explanations.ts");
  const found = explanationOf(text);
  if (found === undefined) {
    const known = `an AADSTS number, the detail of an error, or one of ${ourCodes().join(", ")}`;
    throw new UsageError(`Nothing is known of ${JSON.stringify(text.slice(0, 60))}. Give ${known}.`);
  }
  const { code, explanation, more } = found;
  await terminal.out(
    json === true ? `${JSON.stringify(found)}\n` : `${code}\n${explanation}\nMore: ${more}\n`,
  );
}
