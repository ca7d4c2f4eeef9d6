import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";
import { type Deferred, deferred } from "../deferred.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { bindLoopback } from "./bind-loopback.ts";
import { ConnectionLimit } from "./connection-limit.ts";
import { LateAnswers } from "./late-answers.ts";
import { forgetLate, keepLate } from "./late-listeners.ts";
import { askForPort } from "./late-port.ts";
import type {
  AuthorizationResponse,
  LateEnd,
  LoopbackListener,
  LoopbackListenerOptions,
  OneTimeLink,
} from "./listener-contract.ts";
import { BROWSER_USED_HTTPS } from "./loopback-words.ts";
import { OpeningLink } from "./opening-link.ts";
import { PendingAnswer } from "./pending-answer.ts";
import type { RedirectUri } from "./redirect-uri.ts";
import { isTlsGreeting, refuseUnparsed } from "./refuse-unparsed.ts";
import { type ListenerAddress, screenRequest } from "./screen-request.ts";
import { sendText } from "./send-answer.ts";
import { SignInAnswers } from "./sign-in-answers.ts";
import { within } from "./within.ts";

const MOST_CONNECTIONS = 64;
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

/** The HTTP side of a sign-in: takes requests on the loopback addresses, and has them answered. */
export class LoopbackServer implements LoopbackListener {
  readonly redirectUri: string;
  readonly #options: Pick<LoopbackListenerOptions, "clock" | "applicationName">;
  readonly #servers: readonly Server[];
  readonly #connections: ConnectionLimit;
  readonly #running = new Set<Promise<void>>();
  readonly #signIn: SignInAnswers;
  /** In place of the sign-in's, when it is over. */
  #late: LateAnswers | undefined;
  #address: ListenerAddress;
  #warn: LoopbackListenerOptions["warn"];
  #closed: Promise<void> | undefined;
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
    const { clock, applicationName, warn } = options;
    this.#options = { clock, applicationName };
    this.#warn = warn;
    this.#servers = servers;
    this.#connections = connections;
    this.#signIn = new SignInAnswers(options, answer, connections);
    for (const server of servers) this.#attach(server);
  }

  get refusedAnswers(): number {
    return this.#signIn.refused;
  }

  get lastRefusal(): string | undefined {
    return this.#signIn.lastRefusal;
  }

  async wait(signal: AbortSignal): Promise<AuthorizationResponse> {
    throwIfAborted(signal);
    const aborted: Deferred<{ readonly error: AbortError }> = deferred();
    const onAbort = (): void => aborted.resolve({ error: new AbortError(signal) });
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      const outcome = await Promise.race([this.#signIn.outcome, aborted.promise]);
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
    this.#signIn.lead(link);
    this.#address = { ...this.#address, linkPath: link.path };
    return link;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async retire(end: LateEnd): Promise<void> {
    if (this.#closed !== undefined || this.#late !== undefined) return;
    await this.#signIn.lastPageAsked();
    await this.#finish();
    // Closed meanwhile.
    if (this.#closed !== undefined) return;
    // For a minute more the server is here, and need not know what is over.
    this.#signIn.forget();
    this.#warn = undefined;
    this.#late = new LateAnswers({ ...this.#options, end, close: () => this.close() });
    for (const server of this.#servers) server.unref();
    this.#options.clock.after(LATE_LIFE_IN_MS, () => void this.close());
    keepLate(this);
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
    this.#warn?.("browser_used_https", BROWSER_USED_HTTPS);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const screened = screenRequest(request, this.#address);
    if (screened.kind !== "refused") return (this.#late ?? this.#signIn).answer(screened, request, response);
    await sendText(response, screened.status, screened.reason, request, this.#options.clock);
  }

  async #close(): Promise<void> {
    forgetLate(this);
    // Whoever comes late has no last page to ask for: the port is free at once.
    if (this.#late === undefined) await this.#signIn.lastPageAsked();
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    await this.#finish();
    await Promise.all(closed);
  }

  /** Brings what is under way to its end, and closes every connection. */
  async #finish(): Promise<void> {
    this.#signIn.stop();
    await within(Promise.all(this.#running), CLOSE_GRACE_IN_MS, this.#options.clock);
    this.#connections.closeAll();
  }
}

function drop(socket: Duplex): void {
  // The server has let go of this socket: nobody else would take its error.
  socket.on("error", () => {});
  socket.destroy();
}
