/** The environment variables that name a proxy. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** The proxy to use for `url`, from HTTPS_PROXY and NO_PROXY (the lower case names win), or `undefined`. */
export function proxyFor(url: URL, env: ProxyEnvironment): URL | undefined {
  const text = (env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "").trim();
  if (text === "" || isExempt(url, env["no_proxy"] ?? env["NO_PROXY"] ?? "")) return undefined;
  const address = text.includes("://") ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.toLowerCase();
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const name = entry.toLowerCase().replace(/^\*?\./, "");
      return name === "*" || host === name || host.endsWith(`.${name}`);
    });
}
