import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { nodeCrypto } from "../node-crypto.ts";
import { bindLoopback } from "./bind-loopback.ts";
import { ConnectionLimit } from "./connection-limit.ts";
import { type Deferred, deferred } from "../deferred.ts";
import { forgetLate, keepLate } from "./late-listeners.ts";
import { askForPort } from "./late-port.ts";
import type {
  AuthorizationResponse,
  LateEnd,
  LoopbackListener,
  LoopbackListenerOptions,
  OneTimeLink,
} from "./listener-contract.ts";
import { OpeningLink } from "./opening-link.ts";
import { PendingAnswer, type ResponseMode } from "./pending-answer.ts";
import { announcesTooLarge, readForm } from "./read-form.ts";
import type { RedirectUri } from "./redirect-uri.ts";
import { RefusalLog } from "./refusal-log.ts";
import { BROWSER_USED_HTTPS, SIGN_IN_LINK_REUSED, TOO_LARGE, USED } from "./loopback-words.ts";
import { isTlsGreeting, refuseUnparsed } from "./refuse-unparsed.ts";
import { endPageOf, pageOf } from "../pages/end-pages.ts";
import type { PageName } from "../pages/page-words.ts";
import { DONE_PATH, type ListenerAddress, screenRequest } from "./screen-request.ts";
import { sendElsewhere, sendNothing, sendPage, sendText } from "./send-answer.ts";
import { within } from "./within.ts";

const MOST_CONNECTIONS = 64;
/** How long a browser waits for the end of the sign-in before it is told to look at the application. */
const LONGEST_HOLD_IN_MS = 30_000;
/** How long a closing listener waits for a browser that it has just sent to the last page. */
const REDIRECT_GRACE_IN_MS = 1000;
/** How long a closing listener waits for answers that are on their way out. */
const CLOSE_GRACE_IN_MS = 50;
/** How long whoever comes too late is told so. */
const LATE_LIFE_IN_MS = 60_000;
const SERVER_OPTIONS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  // Node would refuse such a request by itself, with an answer that lacks our headers.
  requireHostHeader: false,
  insecureHTTPParser: false,
};

/** The HTTP side of a sign-in: takes requests on the loopback addresses and shows pages. */
export class LoopbackServer implements LoopbackListener {
  readonly redirectUri: string;
  #options: Omit<LoopbackListenerOptions, "state">;
  readonly #servers: readonly Server[];
  #address: ListenerAddress;
  #pending: PendingAnswer;
  readonly #refusals: RefusalLog;
  readonly #connections: ConnectionLimit;
  readonly #running = new Set<Promise<void>>();
  readonly #lastPageAsked: Deferred<void> = deferred();
  #sentElsewhere = false;
  #closed: Promise<void> | undefined;
  #late: LateEnd | undefined;
  #link: OpeningLink | undefined;
  #greetedByTls = false;

  static async listen(
    redirect: RedirectUri,
    options: LoopbackListenerOptions,
    answer: PendingAnswer = new PendingAnswer(options),
  ): Promise<LoopbackServer> {
    // An import would read all that node:http offers, and so load Node's whole fetch with it: 35 ms.
    const { createServer } = process.getBuiltinModule("node:http");
    const connections = new ConnectionLimit(MOST_CONNECTIONS);
    const create = (): Server =>
      createServer(SERVER_OPTIONS)
        // From the first moment on: the one address listens before the other.
        .on("connection", (socket: Socket) => connections.admit(socket))
        // After it listens, a server reports only connections that it could not accept; the sign-in goes on.
        .on("error", () => {});
    const { clock } = options;
    const { servers, port } = await bindLoopback(redirect, create, () => askForPort(redirect, clock));
    return new LoopbackServer(redirect, port, servers, connections, options, answer);
  }

  private constructor(
    redirect: RedirectUri,
    port: number,
    servers: readonly Server[],
    connections: ConnectionLimit,
    options: LoopbackListenerOptions,
    answer: PendingAnswer,
  ) {
    this.redirectUri = `http://${redirect.host}:${port}${redirect.path}`;
    this.#address = { port, path: redirect.path || "/" };
    // Of the sign-in itself only the answer knows, which is let go of when it is over.
    const { state: _state, ...others } = options;
    this.#options = others;
    this.#servers = servers;
    this.#pending = answer;
    this.#refusals = new RefusalLog(options.warn);
    this.#connections = connections;
    for (const server of servers) this.#attach(server);
  }

  get refusedAnswers(): number {
    return this.#refusals.count;
  }

  async wait(signal: AbortSignal): Promise<AuthorizationResponse> {
    throwIfAborted(signal);
    const aborted: Deferred<{ readonly error: AbortError }> = deferred();
    const onAbort = (): void => aborted.resolve({ error: new AbortError(signal) });
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      const outcome = await Promise.race([this.#pending.outcome.promise, aborted.promise]);
      if ("error" in outcome) throw outcome.error;
      return outcome.response;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  get greetedByTls(): boolean {
    return this.#greetedByTls;
  }

  linkTo(url: string): OneTimeLink {
    const link = new OpeningLink(url, new URL(this.redirectUri).origin);
    this.#link = link;
    this.#address = { ...this.#address, linkPath: link.path };
    return link;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async retire(end: LateEnd): Promise<void> {
    if (this.#closed !== undefined || this.#late !== undefined) return;
    await this.#finish();
    // Closed meanwhile.
    if (this.#closed !== undefined) return;
    this.#late = end;
    this.#forget();
    for (const server of this.#servers) server.unref();
    this.#options.clock.after(LATE_LIFE_IN_MS, () => void this.close());
    keepLate(this);
  }

  // For a minute more the server is here, and need not know the code and the address of what is over.
  #forget(): void {
    const { clock, applicationName } = this.#options;
    this.#options = { clock, applicationName };
    this.#refusals.fallSilent();
    this.#link = undefined;
    this.#pending = new PendingAnswer({ state: nodeCrypto().randomBytes(32).toString("base64url") });
  }

  #attach(server: Server): void {
    server.on("request", (request, response) => this.#run(request, response));
    // Without these, node:http would answer "Expect" by itself, before the request was screened.
    server.on("checkContinue", (request, response) => this.#run(request, response));
    server.on("checkExpectation", (request, response) => this.#run(request, response));
    server.on("clientError", (error, socket) => {
      if (isTlsGreeting(error)) this.#onTls();
      refuseUnparsed(error, socket, this.#options.clock);
    });
    server.on("connection", (socket: Socket) => this.#late && socket.unref());
    server.on("connect", (_request, socket) => drop(socket));
    server.on("upgrade", (_request, socket) => drop(socket));
  }

  #run(request: IncomingMessage, response: ServerResponse): void {
    // Every answer closes its connection; what was sent behind the first request is never answered (RFC 9112, 9.6).
    if (!this.#connections.claim(request.socket)) return;
    // A request or response without a listener for its error would end the process.
    request.on("error", () => {});
    response.on("error", () => {});
    const work = this.#answer(request, response).catch(() => {
      // Whatever went wrong belongs to this one request; the right answer may still come.
      request.socket.destroy();
    });
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  // A browser that got no answer tries again by itself, at once: one word is enough.
  #onTls(): void {
    if (this.#greetedByTls || this.#late !== undefined) return;
    this.#greetedByTls = true;
    this.#options.warn?.("browser_used_https", BROWSER_USED_HTTPS);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const screened = screenRequest(request, this.#address);
    if (screened.kind === "refused") return this.#refuse(request, response, screened.status, screened.reason);
    if (this.#late !== undefined) return this.#answerLate(request, response, screened.kind === "leave");
    switch (screened.kind) {
      case "leave":
        return this.#refuse(request, response, 404, "Nothing is here.");
      case "link":
        return this.#follow(request, response);
      case "bare":
        return this.#pending.taken
          ? this.#refuse(request, response, 410, USED)
          : this.#show(request, response, "waiting");
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
    return this.#show(request, response, "linkUsed");
  }

  async #show(request: IncomingMessage, response: ServerResponse, name: PageName): Promise<void> {
    const { applicationName } = this.#options;
    const page = await pageOf({ name, applicationName }, request.headers["accept-language"]);
    return sendPage(response, page, { request, clock: this.#options.clock });
  }

  async #answerLate(request: IncomingMessage, response: ServerResponse, leave: boolean): Promise<void> {
    if (!leave) return this.#show(request, response, LATE_PAGES[this.#late ?? "failed"]);
    // The port is free before the answer says so; the connection that brings it stays.
    for (const server of this.#servers) server.close();
    await sendNothing(response);
    void this.close();
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

  async #close(): Promise<void> {
    forgetLate(this);
    const closing = (): Promise<unknown> =>
      Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
    if (this.#late !== undefined) {
      const closed = closing();
      this.#connections.closeAll();
      await closed;
    } else {
      await this.#finish(closing);
    }
  }

  /** Brings what is under way to its end, and closes every connection. */
  async #finish(closing?: () => Promise<unknown>): Promise<void> {
    const { clock } = this.#options;
    if (this.#sentElsewhere) await within(this.#lastPageAsked.promise, REDIRECT_GRACE_IN_MS, clock);
    const closed = closing?.();
    this.#pending.lastPage.resolve({ ok: false, name: "stoppedByApplication" });
    await within(Promise.all(this.#running), CLOSE_GRACE_IN_MS, clock);
    this.#connections.closeAll();
    await closed;
  }
}

const LATE_PAGES: Readonly<Record<LateEnd, PageName>> = {
  complete: "alreadyComplete",
  timeout: "tooLate",
  stopped: "stoppedByApplication",
  failed: "ended",
};

function drop(socket: Duplex): void {
  // The server has let go of this socket: nobody else would take its error.
  socket.on("error", () => {});
  socket.destroy();
}
