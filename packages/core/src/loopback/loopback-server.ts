import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { bindLoopback } from "./bind-loopback.ts";
import { ConnectionLimit } from "./connection-limit.ts";
import { type Deferred, deferred } from "./deferred.ts";
import type {
  AuthorizationResponse,
  LoopbackListener,
  LoopbackListenerOptions,
} from "./listener-contract.ts";
import { PendingAnswer, type ResponseMode } from "./pending-answer.ts";
import { announcesTooLarge, readForm } from "./read-form.ts";
import type { RedirectUri } from "./redirect-uri.ts";
import { RefusalLog } from "./refusal-log.ts";
import { refuseUnparsed } from "./refuse-unparsed.ts";
import { PAGE_WORDS } from "../pages/page-words.ts";
import { failurePage, type Page, unknownEndPage, waitingPage } from "../pages/result-page.ts";
import { DONE_PATH, type ListenerAddress, screenRequest } from "./screen-request.ts";
import { sendElsewhere, sendPage, sendText } from "./send-answer.ts";
import { within } from "./within.ts";

const MOST_CONNECTIONS = 64;
/** How long a browser waits for the end of the sign-in before it is told to look at the application. */
const LONGEST_HOLD_IN_MS = 30_000;
/** How long a closing listener waits for a browser that it has just sent to the last page. */
const REDIRECT_GRACE_IN_MS = 1000;
/** How long a closing listener waits for answers that are on their way out. */
const CLOSE_GRACE_IN_MS = 50;
const SERVER_OPTIONS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  requireHostHeader: true,
  insecureHTTPParser: false,
};

/** The HTTP side of a sign-in: takes requests on the loopback addresses and shows pages. */
export class LoopbackServer implements LoopbackListener {
  readonly redirectUri: string;
  readonly #options: LoopbackListenerOptions;
  readonly #servers: readonly Server[];
  readonly #address: ListenerAddress;
  readonly #pending: PendingAnswer;
  readonly #refusals: RefusalLog;
  readonly #connections: ConnectionLimit;
  readonly #running = new Set<Promise<void>>();
  readonly #lastPageAsked: Deferred<void> = deferred();
  #sentElsewhere = false;
  #closed: Promise<void> | undefined;

  static async listen(redirect: RedirectUri, options: LoopbackListenerOptions): Promise<LoopbackServer> {
    // An import would read all that node:http offers, and so load Node's whole fetch with it: 35 ms.
    const { createServer } = process.getBuiltinModule("node:http");
    const connections = new ConnectionLimit(MOST_CONNECTIONS);
    const { servers, port } = await bindLoopback(redirect, () =>
      createServer(SERVER_OPTIONS)
        // From the first moment on: the one address listens before the other.
        .on("connection", (socket: Socket) => connections.admit(socket))
        // After it listens, a server reports only connections that it could not accept; the sign-in goes on.
        .on("error", () => {}),
    );
    return new LoopbackServer(redirect, port, servers, connections, options);
  }

  private constructor(
    redirect: RedirectUri,
    port: number,
    servers: readonly Server[],
    connections: ConnectionLimit,
    options: LoopbackListenerOptions,
  ) {
    this.redirectUri = `http://${redirect.host}:${port}${redirect.path}`;
    this.#address = { port, path: redirect.path || "/" };
    this.#options = options;
    this.#servers = servers;
    this.#pending = new PendingAnswer(options);
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

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #attach(server: Server): void {
    server.on("request", (request, response) => this.#run(request, response));
    // Without these, node:http would answer "Expect" by itself, before the request was screened.
    server.on("checkContinue", (request, response) => this.#run(request, response));
    server.on("checkExpectation", (request, response) => this.#run(request, response));
    server.on("clientError", (error, socket) => refuseUnparsed(error, socket, this.#options.clock));
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

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const screened = screenRequest(request, this.#address);
    switch (screened.kind) {
      case "refused":
        return this.#refuse(request, response, screened.status, screened.reason);
      case "bare":
        return this.#pending.taken
          ? this.#refuse(request, response, 410, USED)
          : sendPage(response, waitingPage());
      case "done":
        if (!this.#sentElsewhere) return this.#refuse(request, response, 404, "Nothing is here.");
        this.#lastPageAsked.resolve();
        return this.#showLastPage(response);
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
    if (verdict.kind === "taken") return this.#showLastPage(response);
    this.#sentElsewhere = true;
    return sendElsewhere(response, DONE_PATH);
  }

  /** Holds the browser until it is known how the sign-in ended. */
  async #showLastPage(response: ServerResponse): Promise<void> {
    const { lastPage, lastPageSent } = this.#pending;
    const limit = this.#options.clock.after(LONGEST_HOLD_IN_MS, () => lastPage.resolve(unknownEndPage()));
    const gone: Deferred<undefined> = deferred();
    response.once("close", () => gone.resolve(undefined));
    try {
      const page = await Promise.race([lastPage.promise, gone.promise]);
      if (page !== undefined) await sendPage(response, page);
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
    const { clock } = this.#options;
    if (this.#sentElsewhere) await within(this.#lastPageAsked.promise, REDIRECT_GRACE_IN_MS, clock);
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    this.#pending.lastPage.resolve(cancelledPage());
    await within(Promise.all(this.#running), CLOSE_GRACE_IN_MS, clock);
    this.#connections.closeAll();
    await Promise.all(closed);
  }
}

function drop(socket: Duplex): void {
  // The server has let go of this socket: nobody else would take its error.
  socket.on("error", () => {});
  socket.destroy();
}

const USED = "This sign-in was already used.";
const TOO_LARGE = "The form is too large.";

function cancelledPage(): Page {
  const { title, message } = PAGE_WORDS.stoppedByApplication;
  return failurePage(title, message);
}
