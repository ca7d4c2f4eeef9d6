import { check, resolveSettings, type KnownNames } from "@entrada/core/credential";
import { thisMachine, type Surroundings } from "@entrada/core/surroundings";
import { AUTO_OPTIONS, type AutoCredentialOptions } from "./auto-credential-options.ts";
import { planSignIn, type FoundBroker, type Installed } from "./plan-sign-in.ts";
import type { SignInPlan } from "./sign-in-plan.ts";

export interface ExplainOptions extends AutoCredentialOptions {
  /** Another machine than this one, or what somebody knows of this one besides. */
  surroundings?: Partial<Surroundings> | undefined;
  /** Which of the other packages are there. @defaultValue looked for */
  installed?: Partial<Installed> | undefined;
}

/**
 * How a person would be signed in here by `AutoCredential` with the same options, and why not in the other ways. Shows
 * nothing and asks nobody; on Windows it looks for the broker, which loads its native module.
 * @throws TypeError that names the option, or the environment variable ENTRADA_SIGN_IN
 */
export function explainSignIn(options: ExplainOptions = {}): SignInPlan {
  resolveSettings(options, {}, { ...AUTO_OPTIONS, surroundings: true, installed: true });
  const { surroundings, installed, ...rest } = options;
  if (installed !== undefined) check.names("installed", installed, INSTALLED);
  return planSignIn(
    rest,
    { ...thisMachine, ...surroundings },
    {
      broker: installed?.broker ?? findBroker(surroundings === undefined),
      deviceCode: installed?.deviceCode ?? load("@entrada/device-code") !== undefined,
    },
  );
}

const INSTALLED: KnownNames<Installed> = { broker: true, deviceCode: true };

interface BrokerModule {
  getBrokerAvailability(): FoundBroker;
}

function findBroker(here: boolean): Installed["broker"] {
  const broker = load("@entrada/broker") as BrokerModule | undefined;
  return broker !== undefined && here ? broker.getBrokerAvailability() : broker !== undefined;
}

// Both are optional: what cannot be loaded is not there. The question is asked in one turn, so import() is no way.
function load(name: string): unknown {
  try {
    const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);
    // By its place: `require` of the name would load a second copy, of the CommonJS kind, beside what import() loads.
    return require(process.getBuiltinModule("node:url").fileURLToPath(import.meta.resolve(name)));
  } catch {
    return undefined;
  }
}
