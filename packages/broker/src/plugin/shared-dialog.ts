import { isAuthenticationError, isAuthenticationRequired } from "@entrada/core/credential";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { untilAbort } from "../dialog/dialog-turn.ts";
import { oneOfProcessBy } from "../one-of-process.ts";
import type { PluginRequest } from "./plugin-session.ts";

export interface SharedDialogWays {
  readonly signal: AbortSignal;
  /** Asks the person. */
  readonly show: () => Promise<BrokerAnswer>;
  /** Goes on as whoever has answered. */
  readonly as: (answered: BrokerAnswer) => Promise<BrokerAnswer>;
}

/**
 * The open dialogs of credentials of `@azure/identity`, each of which asks by itself: what the person says to one is said
 * to all that wait to ask the same.
 */
export class SharedDialogs {
  readonly #open = new Map<string, Promise<BrokerAnswer>>();

  async ask(request: PluginRequest, { signal, show, as }: SharedDialogWays): Promise<BrokerAnswer> {
    const question = questionOf(request);
    for (let open = this.#open.get(question); open; open = this.#open.get(question)) {
      const dialog = open;
      const answered = await untilAbort(() => dialog, signal).catch((error: unknown) => {
        if (signal.aborted || isNo(error)) throw error;
      });
      if (answered === undefined) continue; // it has failed for itself
      try {
        return await as(answered);
      } catch (error) {
        // What this one wants needs the person once more.
        if (!isAuthenticationRequired(error)) throw error;
      }
    }
    const dialog = show().finally(() => this.#open.delete(question));
    this.#open.set(question, dialog);
    return dialog;
  }
}

/** Those by one way to a broker; see `oneOfProcessBy`. */
export function sharedDialogsBy(transport: object | undefined): SharedDialogs {
  return oneOfProcessBy("sharedDialogs", transport, () => new SharedDialogs());
}

function isNo(error: unknown): boolean {
  return isAuthenticationError(error) && error.code === "user_cancelled";
}

/** All that the person would see: not the scopes, for which who has signed in is served silently. */
function questionOf(request: PluginRequest): string {
  const { clientId, authority, prompt, loginHint, accountId, account, claims } = request;
  return JSON.stringify([clientId, authority, prompt, loginHint, accountId, account?.homeAccountId, claims]);
}
