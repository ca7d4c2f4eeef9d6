import { AbortError } from "../errors/abort-error.ts";
import { AuthenticationError, isAuthenticationError } from "../errors/authentication-error.ts";
import type { AuthorizationResponse } from "../loopback/listener-contract.ts";
import type { PendingAnswer } from "../loopback/pending-answer.ts";
import { writeToPerson } from "../write-to-person.ts";
import { ONCE_MORE_OR_END, type PasteRefusal, refusalWords } from "./paste-refusals.ts";
import { openTerminal, type OpenTerminal, type TerminalHearers } from "./paste-terminal.ts";
import { PASTE_HERE, PASTE_TAKEN, PASTE_WAITS, pasteWords, type PasteAsked } from "./paste-words.ts";
import { readPastedText } from "./read-pasted-text.ts";
import { terminalTurn } from "./terminal-turn.ts";

export interface PasteQuestionOptions<Tokens> {
  readonly asked: PasteAsked;
  readonly answer: PendingAnswer;
  /** The code for tokens. */
  readonly redeem: (response: AuthorizationResponse) => Promise<Tokens>;
  /** Takes what stands in the way of an answer, in sentences: what to tell when the person's time is over. */
  readonly explain?: (trouble: string | undefined) => void;
  /** @defaultValue the terminal of this process */
  readonly open?: (hearers: TerminalHearers) => OpenTerminal;
  /** @defaultValue writes to standard error */
  readonly write?: (text: string) => void;
}

// AADSTS500112, which comes as invalid_client: the code was given for another sign-in's address.
const OTHER_REDIRECT_URI = 500_112;

/**
 * Asks the person at the terminal for the address at which the browser has ended. Whatever is wrong with what is pasted
 * is said in a word, and the question stays open; only the right answer, an abort or the person's own end closes it.
 * @throws AbortError
 * @throws AuthenticationError when the person ends the input: `user_cancelled`, or what the authority has refused
 */
export async function askForPaste<Tokens>(
  options: PasteQuestionOptions<Tokens>,
  signal: AbortSignal,
): Promise<Tokens> {
  options.explain?.(PASTE_WAITS);
  const endTurn = await terminalTurn(signal);
  options.explain?.(undefined);
  try {
    return await new PasteQuestion(options).ask(signal);
  } finally {
    endTurn();
  }
}

class PasteQuestion<Tokens> {
  readonly #options: PasteQuestionOptions<Tokens>;
  readonly #write: (text: string) => void;
  /** Whether an answer is being redeemed: what is pasted meanwhile is not looked at. */
  #busy = false;
  /** What the authority has refused last: the reason, if the person ends the question now. */
  #refused: AuthenticationError | undefined;

  constructor(options: PasteQuestionOptions<Tokens>) {
    this.#options = options;
    this.#write = options.write ?? ((text) => void writeToPerson(text));
  }

  ask(signal: AbortSignal): Promise<Tokens> {
    const { asked, open = openTerminal } = this.#options;
    return new Promise<Tokens>((resolve, reject) => {
      const settle = (work: () => void): void => {
        signal.removeEventListener("abort", onAbort);
        terminal.close();
        work();
      };
      const onAbort = (): void =>
        settle(() => {
          if (!this.#busy) this.#write("\n");
          reject(new AbortError(signal));
        });
      const terminal = open({
        text: (text) =>
          void this.#hear(text).then(
            (tokens) => tokens !== undefined && settle(() => resolve(tokens)),
            (error: unknown) => settle(() => reject(error)),
          ),
        end: () => !this.#busy && settle(() => reject(this.#refused ?? ended())),
        again: () => !this.#busy && this.#write(PASTE_HERE),
      });
      signal.addEventListener("abort", onAbort, { once: true });
      this.#write(`${pasteWords(asked, process.env, Date.now()).join("\n")}\n${PASTE_HERE}`);
    });
  }

  async #hear(text: string): Promise<Tokens | undefined> {
    if (this.#busy) return undefined;
    const judged = this.#judge(text);
    if ("why" in judged) {
      this.#refused = judged.error ?? this.#refused;
      return this.#refuse(judged.why, judged.error);
    }
    this.#busy = true;
    this.#write(`${PASTE_TAKEN}\n`);
    try {
      return await this.#options.redeem(judged.response);
    } catch (error) {
      if (!isAboutTheCode(error)) throw error;
      this.#options.answer.reopen();
      return this.#refuse("not_redeemed");
    } finally {
      this.#busy = false;
    }
  }

  #judge(
    text: string,
  ):
    | { readonly why: PasteRefusal; readonly error?: AuthenticationError }
    | { readonly response: AuthorizationResponse } {
    const { answer, asked } = this.#options;
    const read = readPastedText(text, { redirectUri: asked.redirectUri, signInUrl: asked.url });
    switch (read.kind) {
      case "refused":
        return { why: read.why };
      case "code":
        return answer.takeCode(read.code);
      case "parameters":
        return answer.takeBrought(read.text);
    }
  }

  #refuse(why: PasteRefusal, error?: AuthenticationError): undefined {
    const words = refusalWords(why, error);
    this.#options.explain?.(`What was pasted last was refused: ${words}`);
    const next = error === undefined ? "" : ` ${ONCE_MORE_OR_END}`;
    this.#write(`\n${words}${next}\n${PASTE_HERE}`);
  }
}

// Another answer to the same question can still be right; anything else would end every answer in the same way.
function isAboutTheCode(error: unknown): boolean {
  if (!isAuthenticationError(error) || error.code !== "service") return false;
  return error.detail === "invalid_grant" || error.aadsts === OTHER_REDIRECT_URI;
}

function ended(): AuthenticationError {
  return new AuthenticationError({
    code: "user_cancelled",
    detail: "input_ended",
    what: "The person ended the input at the terminal without an answer",
    remedy: "Start the sign-in again when the person is ready",
  });
}
