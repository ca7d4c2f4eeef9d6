import type * as Https from "node:https";
import type * as Tls from "node:tls";
import { proxyFor } from "./proxy-environment.ts";
import type { ProxyEnvironment } from "./proxy-environment.ts";
import { tunnelAgent } from "./proxy-tunnel.ts";
import type { TunnelTarget } from "./proxy-tunnel.ts";

export interface HttpsConnectionsOptions {
  readonly env?: ProxyEnvironment;
  readonly ca?: string | readonly string[];
  readonly systemAuthorities?: () => readonly string[];
}

/** How a request gets to its host. */
export interface Route {
  /** For `https.request`. */
  readonly options: Https.RequestOptions & Pick<TunnelTarget, "abandon">;
  /** The proxy on the way, as host and port. */
  readonly proxy: string | undefined;
}

/** The connections that are kept, each host's and proxy's apart. */
export class HttpsConnections {
  // Both take their time to load, and a program that never asks the network should not pay for it.
  readonly https: typeof Https = process.getBuiltinModule("node:https");
  readonly #tls: typeof Tls = process.getBuiltinModule("node:tls");
  readonly #options: HttpsConnectionsOptions;
  readonly #agents = new Map<string, Https.Agent>();
  #trusted: readonly string[] | undefined;

  constructor(options: HttpsConnectionsOptions) {
    this.#options = options;
  }

  /** `abandon` ends a connection that is still being made. */
  routeTo(url: URL, abandon: AbortSignal): Route {
    const proxy = proxyFor(url, this.#options.env ?? process.env);
    const name = `${proxy?.href ?? "direct"} ${this.#trusted === undefined ? "" : "system"}`;
    const agent = this.#agents.get(name) ?? this.#agentFor(proxy);
    this.#agents.set(name, agent);
    return { options: { agent, abandon }, proxy: proxy?.host };
  }

  /** Asks the system's certificate authorities, too, from now on. `false`: there are none to ask, or they were. */
  trustSystem(): boolean {
    const { ca, systemAuthorities } = this.#options;
    if (ca !== undefined || this.#trusted !== undefined) return false;
    const { getCACertificates, rootCertificates } = this.#tls;
    // Node has had it since 22.15; without it NODE_EXTRA_CA_CERTS is the way, as the error says.
    const ofNode = getCACertificates?.("default") ?? rootCertificates;
    const ofSystem = systemAuthorities?.() ?? getCACertificates?.("system") ?? [];
    if (ofSystem.length === 0) return false;
    this.#trusted = [...ofNode, ...ofSystem];
    return true;
  }

  /** Closes what no request is using. */
  dropIdle(): void {
    for (const agent of this.#agents.values()) {
      for (const idle of Object.values(agent.freeSockets)) idle?.forEach((socket) => socket.destroy());
    }
  }

  #agentFor(proxy: URL | undefined): Https.Agent {
    const ca = this.#options.ca ?? this.#trusted;
    const settings: Https.AgentOptions = {
      keepAlive: true,
      maxFreeSockets: 4,
      scheduling: "lifo",
      // Said here, since otherwise NODE_TLS_REJECT_UNAUTHORIZED=0, set for something else, would give the tokens away.
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca: typeof ca === "string" ? ca : [...ca] }),
    };
    if (proxy === undefined) return new this.https.Agent(settings);
    return tunnelAgent(proxy, settings, { https: this.https, tls: this.#tls });
  }
}
