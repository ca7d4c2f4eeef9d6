/** An app registration, as far as signing in depends on it. */
export interface Registration {
  /** The object's id, which is not the client id. */
  readonly id: string;
  readonly displayName: string;
  /** "Allow public client flows". */
  readonly allowsPublicClientFlows: boolean;
  /** Redirect URIs of the platform "Mobile and desktop applications", of "Web" and of "Single-page application". */
  readonly publicClient: readonly string[];
  readonly web: readonly string[];
  readonly spa: readonly string[];
}

/** What Microsoft Graph answers, read; undefined where it is no application. */
export function registrationIn(value: unknown): Registration | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, displayName, isFallbackPublicClient, publicClient, web, spa } = value as Record<
    string,
    unknown
  >;
  if (typeof id !== "string") return undefined;
  return {
    id,
    displayName: typeof displayName === "string" ? displayName : "",
    allowsPublicClientFlows: isFallbackPublicClient === true,
    publicClient: urisIn(publicClient),
    web: urisIn(web),
    spa: urisIn(spa),
  };
}

function urisIn(platform: unknown): readonly string[] {
  const { redirectUris } = (platform ?? {}) as { readonly redirectUris?: unknown };
  return Array.isArray(redirectUris) ? redirectUris.filter((uri) => typeof uri === "string") : [];
}
