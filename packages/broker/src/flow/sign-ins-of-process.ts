import { oneOfProcessBy } from "../one-of-process.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";

/** What a person is asked when nobody is settled: whose token, for which application and tenant. */
export interface WhoQuestion {
  readonly clientId: string;
  readonly authorityHost: string;
  readonly tenantId: string;
  /** The name to begin with. */
  readonly loginHint?: string | undefined;
}

/**
 * Who has answered that, in this process: whichever credential asks the same later has the answer. The broker keeps the
 * tokens; this keeps whose they are.
 */
export class SignInsOfProcess {
  readonly #answers = new Map<string, SoughtAccount>();

  answered(question: WhoQuestion, account: SoughtAccount): void {
    this.#answers.set(keyOf(question), account);
  }

  answerTo(question: WhoQuestion): SoughtAccount | undefined {
    return this.#answers.get(keyOf(question));
  }

  /** Nobody goes on as somebody who has signed out. */
  forget(homeAccountId: string): void {
    for (const [key, account] of this.#answers) {
      if (account.homeAccountId.toLowerCase() === homeAccountId.toLowerCase()) this.#answers.delete(key);
    }
  }
}

/** Those by one way to a broker; see `oneOfProcessBy`. */
export function signInsBy(transport: object | undefined): SignInsOfProcess {
  return oneOfProcessBy("signIns", transport, () => new SignInsOfProcess());
}

function keyOf({ clientId, authorityHost, tenantId, loginHint = "" }: WhoQuestion): string {
  return [clientId, authorityHost, tenantId, loginHint].join("\n").toLowerCase();
}
