/** What a remedy may name. */
export interface RemedyContext {
  readonly clientId: string;
  readonly tenantId: string;
  readonly scopes: readonly string[];
  readonly redirectUri?: string | undefined;
}

export interface Remedy {
  /** One sentence without a final stop. */
  readonly text: (context: RemedyContext) => string;
  /** Whether a policy of the tenant refused, whatever the person does. */
  readonly conditionalAccess?: true;
}

const REMEDIES: Readonly<Record<number, Remedy>> = {
  7000218: {
    text: ({ clientId }) =>
      `Turn on "Allow public client flows" under Authentication in the app registration of ${clientId}`,
  },
  50011: {
    text: ({ clientId, redirectUri }) =>
      `Register the redirect URI ${redirectUri ?? "of this application"} under "Mobile and desktop applications" in the app registration of ${clientId}`,
  },
};

/** What to do about an AADSTS number, or `undefined` when we know nothing better than the authority's own words. */
export function remedyFor(aadsts: number | undefined): Remedy | undefined {
  return aadsts === undefined ? undefined : REMEDIES[aadsts];
}
