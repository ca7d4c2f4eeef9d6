import type * as Net from "node:net";
import { readProxyUrl } from "./read-proxy-url.ts";

/** The environment variables that name a proxy. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for `url`, or `undefined`: HTTPS_PROXY unless NO_PROXY exempts the host; the lower case names win.
 * NO_PROXY is a list, by comma or space, of hosts with their subdomains (`contoso.com`, `.contoso.com`,
 * `*.contoso.com`), addresses (`10.0.0.1`, `::1`), networks (`10.0.0.0/8`), each with an optional `:port`; `*` is
 * everything. Of a URL its host is meant.
 * @throws HttpTransportError `proxy_invalid` when HTTPS_PROXY is not the URL of an http or https proxy: going there
 * directly instead would be a surprise.
 */
export function proxyFor(url: URL, env: ProxyEnvironment): URL | undefined {
  const variable = env["https_proxy"] === undefined ? "HTTPS_PROXY" : "https_proxy";
  const text = (env[variable] ?? "").trim();
  if (text === "" || isExempt(url, env["no_proxy"] ?? env["NO_PROXY"] ?? "")) return undefined;
  return readProxyUrl(variable, text);
}

// Asked for where it is used: most programs have no proxy, and an import would read all that node:net offers.
const net = (): typeof Net => process.getBuiltinModule("node:net");

function isExempt(url: URL, list: string): boolean {
  const host = bare(url.hostname.toLowerCase());
  const port = url.port || "443";
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .map((entry) => /^https?:\/\/([^/]*)/.exec(entry)?.[1] ?? entry)
    .some((entry) => entry !== "" && covers(entry, host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [name, onlyPort] = splitPort(entry);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (net().isIP(host) !== 0) return coversAddress(bare(name), host);
  const suffix = bare(name.replace(/^\*?\./, ""));
  return suffix !== "" && (host === suffix || host.endsWith(`.${suffix}`));
}

function splitPort(entry: string): [name: string, port: string | undefined] {
  const colon = entry.lastIndexOf(":");
  const isAddress = net().isIP(entry.split("/")[0] ?? "") === 6;
  if (colon < 0 || isAddress || !/^\d{1,5}$/.test(entry.slice(colon + 1))) return [entry, undefined];
  return [entry.slice(0, colon), entry.slice(colon + 1)];
}

function coversAddress(name: string, host: string): boolean {
  const { BlockList, isIP } = net();
  const [network = "", bits] = name.split("/");
  const version = isIP(network);
  if (version === 0 || version !== isIP(host)) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  const widest = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > widest) return false;
  const covered = new BlockList();
  covered.addSubnet(network, prefix, family);
  return covered.check(host, family);
}

/** An address without its brackets, a name without the dot of the root. */
function bare(host: string): string {
  return host.replace(/^\[|\]$|\.$/g, "");
}
