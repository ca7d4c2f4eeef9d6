import type { SignInPlan } from "@entrada/auto";
import { AzureAuthorityHosts, browserAvailability } from "@entrada/core";
import { inCommandWords } from "../command-words.ts";
import type { Examined, Finding } from "./finding.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** How a person could be asked here. */
export async function examinePlan(env: Environment): Promise<Examined> {
  const { planHere } = await import("../explain/explain-plan.ts");
  const findings: Finding[] = [];
  const browser = unusableBrowser(env);
  if (browser !== undefined) {
    findings.push({
      code: "browser_not_found",
      what: "BROWSER names a program that is not there.",
      todo: "Write the full path of a browser into BROWSER, or unset it.",
      detail: browser,
    });
  }
  let plan: SignInPlan;
  // The authority is another question, and its variable may be wrong, too.
  try {
    plan = await planHere({ authorityHost: AzureAuthorityHosts.AzurePublicCloud });
  } catch (error) {
    findings.push({
      code: "sign_in_variable_wrong",
      what: "ENTRADA_SIGN_IN holds a word that is no way to sign in.",
      todo: "Write none, or a list of broker, browser and device-code; or unset it.",
      detail: inCommandWords((error as Error).message),
    });
    return { facts: [], findings };
  }
  const steps = plan.steps.map(({ flow, use, code }) => (use ? flow : `${flow} (no: ${code})`));
  if (plan.steps.every(({ use }) => !use)) {
    const hints = plan.steps.map(({ hint }) => inCommandWords(hint ?? ""));
    findings.push({
      code: "nobody_can_be_asked",
      what: `A person cannot sign in here (${plan.steps.map(({ flow, code }) => `${flow}: ${code}`).join(", ")}).`,
      todo: [...new Set(hints)].join(" "),
    });
  }
  return { facts: [{ name: "Sign-in", shown: steps.join(", "), told: steps.join(", ") }], findings };
}

// Asked as of a machine without a screen: there BROWSER alone decides, and what is wrong with it is said first.
function unusableBrowser(env: Environment): string | undefined {
  if (!env["BROWSER"] || process.platform === "win32") return undefined;
  const { PATH, BROWSER } = env;
  const { hint = "" } = browserAvailability({ platform: "linux", env: { PATH, BROWSER } });
  return /BROWSER is set to .* was not found/.exec(hint)?.[0];
}
