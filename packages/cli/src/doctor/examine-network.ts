import { printable } from "@entrada/core/credential";
import {
  HttpTransportError,
  httpDate,
  proxyFor,
  type HttpAnswer,
  type NodeHttpsTransport,
} from "@entrada/core/http";
import type { Examined, Fact, Finding } from "./finding.ts";

/** The endpoints of an authority that answers. */
export interface Endpoints {
  readonly authorize: string;
  readonly token: string;
}

export interface NetworkExamined extends Examined {
  readonly endpoints: Endpoints | undefined;
}

export interface NetworkOptions {
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transport: NodeHttpsTransport;
  readonly signal: AbortSignal;
}

const LONGEST_IN_MS = 15_000;
// Tokens are refused from about this on.
const MOST_SKEW_IN_S = 300;

/** The proxy, the way to the authority, its certificate, its clock, and whether it knows the tenant. */
export async function examineNetwork(options: NetworkOptions): Promise<NetworkExamined> {
  const url = metadataUrl(options);
  let proxy: URL | undefined;
  try {
    proxy = proxyFor(new URL(url), options.env);
  } catch (error) {
    return nothingMore([], {
      code: "proxy_invalid",
      what: "HTTPS_PROXY is no address of a proxy.",
      todo: "Write it as http://host:port; special characters of a password as %XX. Or unset it.",
      detail: printable((error as Error).message),
    });
  }
  const shownProxy = proxy === undefined ? "none" : proxy.host;
  const facts: Fact[] = [{ name: "Proxy", shown: shownProxy, told: proxy !== undefined }];
  const began = performance.now();
  let answer: HttpAnswer;
  try {
    answer = await options.transport({
      method: "GET",
      url,
      headers: { accept: "application/json" },
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(LONGEST_IN_MS)]),
    });
  } catch (error) {
    if (options.signal.aborted) throw error;
    return nothingMore(facts, faultOf(error, proxy, options.authorityHost));
  }
  const took = Math.round(performance.now() - began);
  const { host } = new URL(options.authorityHost);
  facts.push({ name: "Authority", shown: `${host} answered in ${took} ms`, told: `answered in ${took} ms` });
  const skew = skewOf(answer);
  const findings = skew === undefined ? [] : clockFindings(skew);
  if (skew !== undefined)
    facts.push({ name: "Clock", shown: `${skew} s ahead of the authority`, told: skew });
  const read = endpointsIn(answer);
  if (read !== undefined) return { facts, findings, endpoints: read };
  return { facts, findings: [...findings, wrongAnswer(answer, host)], endpoints: undefined };
}

function metadataUrl({ authorityHost, tenantId }: NetworkOptions): string {
  const version = tenantId === "adfs" ? "" : "/v2.0";
  return `${authorityHost}/${tenantId}${version}/.well-known/openid-configuration`;
}

function faultOf(error: unknown, proxy: URL | undefined, authorityHost: string): Finding {
  const known = error instanceof HttpTransportError ? error : undefined;
  const { host } = new URL(authorityHost);
  const code = known?.code ?? "no answer in time";
  const way = proxy === undefined ? host : `${host} by the proxy ${proxy.host}`;
  const detail = `${way}: ${printable(code)}`;
  if (known?.fault === "tls_failed") return { ...certificateFault(code), detail };
  if (known?.fault === "proxy_refused") {
    return {
      code: "proxy_refused",
      what: "The proxy does not lead to the authority.",
      todo:
        code === "407"
          ? "Put user name and password into HTTPS_PROXY: http://user:password@host:port"
          : "Ask its owner to allow CONNECT to the authority, or list the authority in NO_PROXY.",
      detail,
    };
  }
  if (proxy !== undefined && known?.fault !== "connection_lost") {
    return {
      code: "proxy_unreachable",
      what: "The proxy that HTTPS_PROXY names cannot be reached.",
      todo: "Check the name and the port in HTTPS_PROXY, or unset it where no proxy is needed.",
      detail,
    };
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return {
      code: "authority_name_unknown",
      what: "The name of the authority has no address here.",
      todo: "Check the network, DNS and VPN, and AZURE_AUTHORITY_HOST where it is set; a company may need HTTPS_PROXY.",
      detail,
    };
  }
  return {
    code: "authority_unreachable",
    what: "The authority does not answer.",
    todo: "Check the network, VPN and firewall, and AZURE_AUTHORITY_HOST where it is set; a company may need HTTPS_PROXY.",
    detail,
  };
}

function certificateFault(code: string): Finding {
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return {
      code: "certificate_not_valid_now",
      what: "The certificate of the authority is not valid at the time of this machine.",
      todo: "Set the clock of this machine right; if it is, tell the owner of the authority or of the proxy.",
    };
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return {
      code: "certificate_of_another",
      what: "The certificate is that of another server.",
      todo: "Check AZURE_AUTHORITY_HOST and the proxy: something else answers for the authority.",
    };
  }
  return {
    code: "certificate_not_trusted",
    what: "Nobody on this machine vouches for the certificate of the authority.",
    todo: "Set NODE_EXTRA_CA_CERTS to the PEM file of your company's certificate authority.",
  };
}

function clockFindings(skew: number): readonly Finding[] {
  if (Math.abs(skew) < MOST_SKEW_IN_S) return [];
  return [
    {
      code: "clock_wrong",
      what: `The clock of this machine is ${Math.abs(skew)} s ${skew > 0 ? "ahead of" : "behind"} the authority's.`,
      todo: "Set the clock right, best by letting the system keep it.",
    },
  ];
}

function skewOf(answer: HttpAnswer): number | undefined {
  const date = httpDate(answer.header("date") ?? "");
  return Number.isNaN(date) ? undefined : Math.round((Date.now() - date) / 1000);
}

function endpointsIn({ status, body }: HttpAnswer): Endpoints | undefined {
  if (status !== 200) return undefined;
  try {
    const { authorization_endpoint: authorize, token_endpoint: token } = JSON.parse(
      Buffer.from(body).toString(),
    ) as Record<string, unknown>;
    return isHttps(authorize) && isHttps(token) ? { authorize, token } : undefined;
  } catch {
    return undefined; // No JSON: another server has answered.
  }
}

function isHttps(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:";
}

function wrongAnswer({ status, body }: HttpAnswer, host: string): Finding {
  const text = Buffer.from(body).toString();
  if (/AADSTS900(02|23|021)\b/.test(text) || /AADSTS9002[13]?\b/.test(text)) {
    return {
      code: "tenant_unknown",
      what: "The authority does not know the tenant.",
      todo: "Give the tenant's id or its domain by --tenant, and the cloud by --authority-host.",
    };
  }
  return {
    code: "authority_answers_otherwise",
    what: "What answers is no authority.",
    todo: "Open a page in a browser: a hotel's or a company's network may want a sign-in first. Check AZURE_AUTHORITY_HOST and the proxy.",
    detail: `${host}: HTTP ${status}`,
  };
}

function nothingMore(facts: readonly Fact[], finding: Finding): NetworkExamined {
  return { facts, findings: [finding], endpoints: undefined };
}
