import type { InteractiveBrowserCredentialOptions } from "@entrada/core";
import { check, type OwnNames } from "@entrada/core/credential";
import type { SignInFlow } from "./sign-in-plan.ts";

/** What a person needs to answer a device code. */
export interface DeviceCodePrompt {
  readonly userCode: string;
  readonly verificationUri: string;
  readonly message: string;
  readonly expiresOn: Date;
}

export type WindowHandle = Uint8Array | bigint | number | "console";

/** All options of the browser credential, and what the other two need besides. */
export interface AutoCredentialOptions extends InteractiveBrowserCredentialOptions {
  /**
   * The ways to try, in this order, and no others. A `"device-code"` in it allows that way.
   * @defaultValue the environment variable ENTRADA_SIGN_IN, a list by commas, else the broker, the browser and, where it
   * is allowed, a device code
   */
  signIn?: SignInFlow[] | undefined;
  /**
   * Whether a device code may be shown where neither of the others works. A code can be sent to somebody else, and many
   * tenants forbid it.
   * @defaultValue false, unless `signIn` lists it or `userPromptCallback` is there
   */
  allowDeviceCode?: boolean | undefined;
  /** Shows a device code to the person; see `@entrada/device-code`. */
  userPromptCallback?:
    | ((info: DeviceCodePrompt, context: { readonly signal: AbortSignal }) => void | Promise<void>)
    | undefined;
  /** The window that owns the dialog of Windows; see `@entrada/broker`. */
  parentWindowHandle?:
    | WindowHandle
    | (() => WindowHandle | undefined | Promise<WindowHandle | undefined>)
    | undefined;
  /** Sign in silently with the account of Windows first; see `@entrada/broker`. */
  useDefaultBrokerAccount?: boolean | undefined;
}

/** The names of what `AutoCredential` takes besides what all credentials take. */
export const AUTO_OPTIONS: OwnNames<AutoCredentialOptions> = {
  redirectUri: true,
  openBrowser: true,
  answerBy: true,
  browserCustomizationOptions: true,
  signIn: true,
  allowDeviceCode: true,
  userPromptCallback: true,
  parentWindowHandle: true,
  useDefaultBrokerAccount: true,
};

const FLOWS: readonly SignInFlow[] = ["broker", "browser", "device-code"];

/** Who decides on the ways and what was decided. */
export interface Choice {
  readonly flows: readonly SignInFlow[];
  readonly by: "option" | "environment" | undefined;
  readonly deviceCodeAllowed: boolean;
}

/**
 * The ways that were chosen.
 * @throws TypeError that names the option, or the environment variable, for a word that is no way
 */
export function choiceOf(options: AutoCredentialOptions, chosen: readonly string[]): Choice {
  const listed = options.signIn;
  if (listed !== undefined && !Array.isArray(listed))
    throw check.wrong("signIn", `an array of ${quoted()}`, listed);
  const at = listed?.findIndex((each) => !isFlow(each)) ?? -1;
  if (at !== -1) throw check.wrong("signIn", `an array of ${quoted()}`, listed?.[at] ?? null);
  const wrong = chosen.find((word) => !isFlow(word) && word !== "none");
  if (listed === undefined && wrong !== undefined)
    throw check.wrong(
      "signIn (from the environment variable ENTRADA_SIGN_IN)",
      `none, or a list of ${quoted()}`,
      wrong,
    );
  const allowed = check.boolean(
    "allowDeviceCode",
    options.allowDeviceCode,
    options.userPromptCallback !== undefined || listed?.includes("device-code") === true,
  );
  const by = listed === undefined ? (chosen.length > 0 ? "environment" : undefined) : "option";
  return {
    flows: listed ?? (by === undefined ? FLOWS : chosen.filter(isFlow)),
    by,
    deviceCodeAllowed: allowed,
  };
}

/** All ways, those that were chosen first. */
export function allFlows({ flows }: Choice): readonly SignInFlow[] {
  return [...new Set([...flows, ...FLOWS])];
}

function isFlow(word: string): word is SignInFlow {
  return FLOWS.some((flow) => flow === word);
}

function quoted(): string {
  return FLOWS.map((flow) => `"${flow}"`).join(", ");
}
