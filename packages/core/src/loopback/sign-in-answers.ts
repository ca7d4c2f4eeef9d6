import type { IncomingMessage, ServerResponse } from "node:http";
import { type Deferred, deferred } from "../deferred.ts";
import { nodeCrypto } from "../node-crypto.ts";
import { endPageOf } from "../pages/end-pages.ts";
import type { ConnectionLimit } from "./connection-limit.ts";
import type { LoopbackListenerOptions } from "./listener-contract.ts";
import { SIGN_IN_LINK_REUSED, TOO_LARGE, USED } from "./loopback-words.ts";
import type { OpeningLink } from "./opening-link.ts";
import { PendingAnswer, type Outcome, type ResponseMode } from "./pending-answer.ts";
import { announcesTooLarge, readForm } from "./read-form.ts";
import { RefusalLog } from "./refusal-log.ts";
import { type AcceptedRequest, DONE_PATH } from "./screen-request.ts";
import { sendElsewhere, sendPage, sendText } from "./send-answer.ts";
import { showPage } from "./show-page.ts";
import { within } from "./within.ts";

/** How long a browser waits for the end of the sign-in before it is told to look at the application. */
const LONGEST_HOLD_IN_MS = 30_000;
/** How long a closing listener waits for a browser that it has just sent to the last page. */
const REDIRECT_GRACE_IN_MS = 1000;

/** Answers the requests of a sign-in that is under way: judges what comes for it, and shows its pages. */
export class SignInAnswers {
  #options: Omit<LoopbackListenerOptions, "state">;
  readonly #connections: ConnectionLimit;
  readonly #refusals: RefusalLog;
  readonly #lastPageAsked: Deferred<void> = deferred();
  #pending: PendingAnswer;
  #sentElsewhere = false;
  #link: OpeningLink | undefined;

  constructor(options: LoopbackListenerOptions, pending: PendingAnswer, connections: ConnectionLimit) {
    // Of the sign-in itself only the answer knows, which is let go of when it is over.
    const { state: _state, ...others } = options;
    this.#options = others;
    this.#pending = pending;
    this.#connections = connections;
    this.#refusals = new RefusalLog(options.warn);
  }

  /** How many answers were refused. */
  get refused(): number {
    return this.#refusals.count;
  }

  /** See `RefusalLog.last`. */
  get lastRefusal(): string | undefined {
    return this.#refusals.last;
  }

  get outcome(): Promise<Outcome> {
    return this.#pending.outcome.promise;
  }

  /** Leads whoever opens the link to the sign-in page. */
  lead(link: OpeningLink): void {
    this.#link = link;
  }

  async answer(screened: AcceptedRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (screened.kind) {
      case "leave":
        return this.#refuse(request, response, 404, "Nothing is here.");
      case "link":
        return this.#follow(request, response);
      case "bare":
        return this.#pending.taken
          ? this.#refuse(request, response, 410, USED)
          : showPage("waiting", request, response, this.#options);
      case "done":
        if (!this.#sentElsewhere) return this.#refuse(request, response, 404, "Nothing is here.");
        this.#lastPageAsked.resolve();
        return this.#showLastPage(request, response);
      case "query":
        return this.#judge(request, response, screened.parameters, "query");
      case "form": {
        // Not after reading: the announced bytes may never come, and nobody shall be invited to send them.
        if (announcesTooLarge(request)) return this.#refuse(request, response, 413, TOO_LARGE);
        if (/^100-continue$/i.test(request.headers.expect ?? "")) response.writeContinue();
        const form = await readForm(request);
        if (form.kind === "text") return this.#judge(request, response, form.text, "form_post");
        if (form.kind === "cut_off") return undefined;
        return form.kind === "too_large"
          ? this.#refuse(request, response, 413, TOO_LARGE)
          : this.#refuse(request, response, 400, "The form is not UTF-8.");
      }
    }
  }

  /** Lets a browser that was just sent to the last page ask for it. */
  async lastPageAsked(): Promise<void> {
    if (this.#sentElsewhere)
      await within(this.#lastPageAsked.promise, REDIRECT_GRACE_IN_MS, this.#options.clock);
  }

  /** Tells a browser that still waits that nothing more will come. */
  stop(): void {
    this.#pending.lastPage.resolve({ ok: false, name: "stoppedByApplication" });
  }

  /** It is over, and every connection closed: nothing of it is kept, though its listener stays. */
  forget(): void {
    this.#options = { clock: this.#options.clock };
    this.#refusals.fallSilent();
    this.#link = undefined;
    this.#pending = new PendingAnswer({ state: nodeCrypto().randomBytes(32).toString("base64url") });
  }

  async #judge(
    request: IncomingMessage,
    response: ServerResponse,
    parameters: string,
    mode: ResponseMode,
  ): Promise<void> {
    const verdict = this.#pending.judge(parameters, mode);
    if (verdict.kind === "refused") {
      this.#refusals.add(verdict.reason);
      return this.#refuse(request, response, verdict.status, verdict.reason);
    }
    this.#connections.protect(request.socket);
    if (verdict.kind === "taken") return this.#showLastPage(request, response);
    this.#sentElsewhere = true;
    return sendElsewhere(response, DONE_PATH);
  }

  async #follow(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = this.#link?.follow();
    if (target !== undefined) return sendElsewhere(response, target);
    if (this.#link?.timesRefused === 1) this.#options.warn?.("sign_in_link_reused", SIGN_IN_LINK_REUSED);
    return showPage("linkUsed", request, response, this.#options);
  }

  /** Holds the browser until it is known how the sign-in ended. */
  async #showLastPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { lastPage, lastPageSent } = this.#pending;
    const limit = this.#options.clock.after(LONGEST_HOLD_IN_MS, () =>
      lastPage.resolve({ ok: false, name: "endUnknown" }),
    );
    const gone: Deferred<undefined> = deferred();
    response.once("close", () => gone.resolve(undefined));
    try {
      const end = await Promise.race([lastPage.promise, gone.promise]);
      if (end !== undefined)
        await sendPage(response, await endPageOf(end, this.#options, request.headers["accept-language"]));
    } finally {
      limit.cancel();
      lastPageSent.resolve();
    }
  }

  async #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    reason: string,
  ): Promise<void> {
    await sendText(response, status, reason, request, this.#options.clock);
  }
}
