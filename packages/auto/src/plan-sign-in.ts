import { browserAvailability } from "@entrada/core";
import {
  chosenFlows,
  ciVariable,
  deviceCodeObstacle,
  isSet,
  obstacleWords,
  sshSession,
  type Obstacle,
  type Surroundings,
} from "@entrada/core/surroundings";
import { brokerObstacleOnLinux } from "./broker-on-linux.ts";
import { allFlows, choiceOf, type AutoCredentialOptions, type Choice } from "./auto-credential-options.ts";
import type { SignInFlow, SignInPlan, SignInStep } from "./sign-in-plan.ts";

/** What there is to say about a broker that somebody has looked for. */
export interface FoundBroker {
  readonly available: boolean;
  readonly detail?: string;
  readonly hint?: string;
}

/** Which of the other packages are there. */
export interface Installed {
  /** The broker that its package has found, or whether the package is there, where nobody has looked. */
  readonly broker: FoundBroker | boolean;
  readonly deviceCode: boolean;
}

/**
 * The plan for these surroundings. Nothing is looked at that they do not hold.
 * @throws TypeError that names the option, or ENTRADA_SIGN_IN
 */
export function planSignIn(
  options: AutoCredentialOptions,
  surroundings: Surroundings,
  installed: Installed,
): SignInPlan {
  const choice = choiceOf(options, chosenFlows(surroundings.env));
  const judge = (flow: SignInFlow): SignInStep => {
    const why =
      ciOf(surroundings) ?? notChosen(flow, choice) ?? JUDGES[flow](options, surroundings, installed, choice);
    if (why !== undefined && "code" in why) return { flow, use: false, ...why };
    return { flow, use: true, ...why };
  };
  const stored = options.tokenCache === undefined ? [] : [storedStep(surroundings)];
  return { steps: [...stored, ...allFlows(choice).map(judge)] };
}

/** What there is to say of a step that is used. */
interface How {
  readonly answerBy: "paste";
}

interface Why {
  readonly code: string;
  readonly hint: string;
}

type Judge = (
  options: AutoCredentialOptions,
  surroundings: Surroundings,
  installed: Installed,
  choice: Choice,
) => Why | How | undefined;

const JUDGES: Readonly<Record<SignInFlow, Judge>> = {
  broker(options, surroundings, { broker }) {
    if (typeof broker === "object") {
      return broker.available ? undefined : { code: broker.detail ?? "unavailable", hint: broker.hint ?? "" };
    }
    const obstacle = brokerObstacle(options, surroundings);
    if (obstacle !== undefined) return obstacle;
    return broker ? undefined : notInstalled("@entrada/broker");
  },
  browser({ openBrowser, answerBy: chosen }, surroundings) {
    // Who opens the page knows where the person sits.
    if (openBrowser !== undefined && chosen !== "paste") return undefined;
    const { available, answerBy, obstacle, hint } = browserAvailability(surroundings, chosen);
    if (!available) return { code: obstacle ?? "no_browser", hint: hint ?? "" };
    return answerBy === "paste" ? { answerBy } : undefined;
  },
  "device-code"({ userPromptCallback, onEvent }, surroundings, { deviceCode }, { deviceCodeAllowed }) {
    if (!deviceCodeAllowed) {
      return {
        code: "not_allowed",
        hint: "A device code can be sent to somebody else, so it is used only where the program allows it. Set allowDeviceCode to true if that is meant.",
      };
    }
    if (!deviceCode) return notInstalled("@entrada/device-code");
    const shownByCaller = userPromptCallback !== undefined || onEvent !== undefined;
    const obstacle = shownByCaller ? undefined : deviceCodeObstacle(surroundings);
    return obstacle && whyOf(obstacle);
  },
};

function storedStep({ keyring }: Surroundings): SignInStep {
  return keyring === "locked"
    ? { flow: "cache", use: false, ...whyOf("keyring_locked") }
    : { flow: "cache", use: true };
}

function ciOf({ env }: Surroundings): Why | undefined {
  return ciVariable(env) === undefined ? undefined : whyOf("ci");
}

function notChosen(flow: SignInFlow, { flows, by }: Choice): Why | undefined {
  if (flows.includes(flow)) return undefined;
  const where = by === "option" ? "the option signIn" : "the environment variable ENTRADA_SIGN_IN";
  return { code: "not_chosen", hint: `This way is left out by ${where}. Add "${flow}" to it.` };
}

function notInstalled(name: string): Why {
  return { code: "not_installed", hint: `The package ${name} is not installed. Install it to use this way.` };
}

const NEEDS_WINDOWS = "The Windows Web Account Manager needs Windows";
const BROKER_WORDS = {
  disabled:
    "The environment variable ENTRADA_DISABLE_BROKER switches the broker off. Remove the variable to use the broker.",
  macos: `${NEEDS_WINDOWS}; this is macOS. The browser is right here.`,
  no_session_bus:
    "This session has no D-Bus that can be reached, and the Linux broker is asked over it. The browser is right here.",
  broker_missing:
    "Nobody offers the Linux broker (com.microsoft.identity.broker1) on this session's D-Bus. The browser is right here.",
  no_display:
    "Neither DISPLAY nor WAYLAND_DISPLAY is set: nobody would see the Linux broker's window. Use the device code flow.",
  wsl: "From WSL the Web Account Manager is asked by a Node.js for Windows, and there is none. Install Node.js on Windows to use it.",
  wsl_no_interop:
    "Programs of Windows cannot be started in this WSL, and one of them asks the Web Account Manager. Switch interop on in /etc/wsl.conf to use it.",
  platform: `${NEEDS_WINDOWS}. The browser is right here.`,
  elevated_picker:
    'The tenant "common" needs the account pane of Windows, which does not work as administrator. Start without administrator rights, or set tenantId to "organizations" or "consumers".',
};

// The cheap signs, in the words of @entrada/broker, which looks closer where it is installed.
function brokerObstacle(options: AutoCredentialOptions, surroundings: Surroundings): Why | undefined {
  const { platform, env, noDesktop } = surroundings;
  const word = (code: keyof typeof BROKER_WORDS): Why => ({ code, hint: BROKER_WORDS[code] });
  if (isSet(env, "ENTRADA_DISABLE_BROKER")) return word("disabled");
  if (platform === "darwin") return word("macos");
  if (platform === "linux") {
    const obstacle = brokerObstacleOnLinux(surroundings);
    return obstacle === undefined || obstacle === "ssh" ? obstacle && whyOf(obstacle) : word(obstacle);
  }
  if (platform !== "win32") return word("platform");
  if (sshSession(env) !== "no") return whyOf("ssh");
  if (noDesktop !== undefined) return whyOf(noDesktop);
  const { elevated } = surroundings;
  return elevated === true && options.tenantId === "common" ? word("elevated_picker") : undefined;
}

function whyOf(obstacle: Obstacle): Why {
  const { what, remedy } = obstacleWords()[obstacle];
  return { code: obstacle, hint: `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${remedy}.` };
}
