import type { Clock } from "../clock.ts";
import type {
  AuthorizationResponse,
  LateEnd,
  LoopbackListener,
  LoopbackListenerOptions,
} from "../loopback/listener-contract.ts";
import { startLoopbackListener } from "../loopback/loopback-listener.ts";
import type { PendingAnswer, PendingAnswerOptions, ResponseMode } from "../loopback/pending-answer.ts";
import type { PasteQuestionOptions } from "../paste/paste-question.ts";
import type { AnswerBy } from "./answer-by.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";

export interface RedirectionEndpointOptions extends Pick<BrowserFlowChoices, "redirectUri" | "pages"> {
  readonly by: AnswerBy;
  readonly expected: PendingAnswerOptions;
  readonly clock: Clock;
  readonly applicationName?: string | undefined;
  readonly warn: NonNullable<LoopbackListenerOptions["warn"]>;
}

/** How an answer comes, and what it is good for. */
interface AnswerUse<Tokens> extends Pick<PasteQuestionOptions<Tokens>, "redeem"> {
  /** What is asked of the person at the terminal; the address is known here. */
  readonly asked: Omit<PasteQuestionOptions<Tokens>["asked"], "redirectUri">;
  readonly signal: AbortSignal;
  /** Waits for the browser at the listener. */
  readonly fromBrowser: (listener: LoopbackListener, signal: AbortSignal) => Promise<AuthorizationResponse>;
}

/**
 * Where the authority's answer comes (RFC 6749 section 3.1.2): at a listener on this machine, and at the terminal as
 * well, where a person may have to bring it.
 */
export class RedirectionEndpoint {
  readonly #listener: LoopbackListener;
  readonly #paste: Paste | undefined;

  private constructor(listener: LoopbackListener, paste: Paste | undefined) {
    this.#listener = listener;
    this.#paste = paste;
  }

  static async open(options: RedirectionEndpointOptions): Promise<RedirectionEndpoint> {
    const { by, expected, clock, applicationName, redirectUri, pages, warn } = options;
    const paste = by === "paste" ? await openPaste(expected) : undefined;
    const listening = startLoopbackListener(
      {
        ...expected,
        clock,
        applicationName,
        warn,
        ...(redirectUri === undefined ? {} : { redirectUri }),
        ...(pages === undefined ? {} : { pages }),
      },
      paste?.answer,
    );
    const listener = await (paste === undefined
      ? listening
      : listening.catch(() => paste.noListener(redirectUri)));
    return new RedirectionEndpoint(listener, paste);
  }

  /** What goes to the authority. */
  get redirectUri(): string {
    return this.#listener.redirectUri;
  }

  get responseMode(): ResponseMode {
    return this.#paste === undefined ? "form_post" : "query";
  }

  /** What has stood in the way of the answer so far, in sentences: what was refused of what came. */
  get trouble(): string | undefined {
    return this.#paste?.trouble ?? this.#listener.lastRefusal;
  }

  /** The tokens for the answer, whichever way ends first. */
  async tokens<Tokens>({ asked, redeem, signal, fromBrowser }: AnswerUse<Tokens>): Promise<Tokens> {
    const [listener, paste] = [this.#listener, this.#paste];
    const byBrowser = async (stop: AbortSignal): Promise<Tokens> => redeem(await fromBrowser(listener, stop));
    if (paste === undefined) return byBrowser(signal);
    const question = { asked: { ...asked, redirectUri: listener.redirectUri }, redeem };
    return firstOf(signal, [byBrowser, (stop) => paste.ask(question, stop)]);
  }

  /** See `LoopbackListener.retire`. */
  retire(end: LateEnd): Promise<void> {
    return this.#listener.retire(end);
  }
}

interface Paste {
  /** See `PasteQuestionOptions.explain`. */
  readonly trouble: string | undefined;
  readonly answer: PendingAnswer;
  readonly noListener: (redirectUri: string | undefined) => LoopbackListener;
  ask<Tokens>(
    question: Pick<PasteQuestionOptions<Tokens>, "asked" | "redeem">,
    signal: AbortSignal,
  ): Promise<Tokens>;
}

// Loaded where it is needed: most people sit at the machine on which the program runs.
async function openPaste(expected: PendingAnswerOptions): Promise<Paste> {
  const { askForPaste, noListener, PendingAnswer } = await import("../paste/open-paste.ts");
  const answer = new PendingAnswer({ ...expected, inAddress: true });
  let trouble: string | undefined;
  const explain = (now: string | undefined): void => void (trouble = now);
  return {
    get trouble() {
      return trouble;
    },
    answer,
    noListener,
    ask: (question, signal) => askForPaste({ ...question, answer, explain }, signal),
  };
}

/** The first that comes to an end, whichever; the others are aborted. */
async function firstOf<T>(
  signal: AbortSignal,
  ways: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T> {
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  try {
    return await Promise.race(ways.map((way) => way(stop)));
  } finally {
    ended.abort();
  }
}
