type Environment = Readonly<Record<string, string | undefined>>;

// Each would lead a program past the agent, to another source of identities.
const MISLEADING = ["IMDS_ENDPOINT", "IDENTITY_SERVER_THUMBPRINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST"];
const PROXIES = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

/** The environment of a child that is to find the agent, and to ask it past every proxy. */
export function childEnvironment(env: Environment, agent: Environment): Record<string, string | undefined> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !MISLEADING.includes(name)));
  return { ...kept, ...pastProxies(kept), ...agent };
}

function pastProxies(env: Environment): Environment {
  if (!PROXIES.some((name) => env[name])) return {};
  const list = [env["no_proxy"] ?? env["NO_PROXY"], "127.0.0.1"].filter(Boolean).join(",");
  return { no_proxy: list, NO_PROXY: list };
}
