import { WamPromptType, type WamAccountKind } from "@entrada/wam";
import type { TokenAsk } from "../contract/token-ask.ts";

/** The part of a `WamRequest` that depends on the account's kind. */
export interface WamRequestShape {
  readonly providerAuthority: string;
  readonly scope: string;
  readonly promptType: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** What the dialog is to do, in WAM's terms. */
export interface DialogShape {
  /** Let the person choose, or sign in anew, instead of taking what is there. */
  readonly force: boolean;
  /** Show the accounts to choose from. */
  readonly pickAccount?: boolean;
  /** Only for an account that WAM does not know yet. */
  readonly loginHint?: string | undefined;
  /** The account is given, and its person is to do what is missing. */
  readonly sameAccount?: boolean;
}

const SILENT: DialogShape = { force: false };

/** A request as WAM's plugins expect it: the Entra one and the personal one differ in nearly everything. */
export function wamRequestShape(
  kind: WamAccountKind,
  ask: TokenAsk,
  dialog: DialogShape = SILENT,
): WamRequestShape {
  const personal = kind === "consumers";
  return {
    providerAuthority: providerAuthorityOf(kind, ask),
    scope: joined(ask.scopes, personal ? ["openid", "profile"] : ["offline_access", "openid", "profile"]),
    promptType: dialog.force ? WamPromptType.forceAuthentication : WamPromptType.default,
    properties: {
      ...ask.properties,
      ...(personal ? personalProperties(dialog) : entraProperties(dialog)),
      ...(ask.claims === undefined ? {} : { claims: ask.claims }),
    },
  };
}

/** The authority by which WAM finds the plugin. For Entra it carries the cloud and the tenant. */
export function providerAuthorityOf(
  kind: WamAccountKind,
  { authorityHost, tenantId }: Pick<TokenAsk, "authorityHost" | "tenantId">,
): string {
  return kind === "consumers" ? "consumers" : `${authorityHost}/${tenantId}`;
}

function entraProperties({ pickAccount, loginHint, sameAccount }: DialogShape): Record<string, string> {
  return {
    // Without it neither id token nor client_info nor scopes come back.
    wam_compat: "2.0",
    return_account_on_failure: "true",
    ...(pickAccount ? { prompt: "select_account" } : {}),
    ...(loginHint === undefined ? {} : { LoginHint: loginHint }),
    ...(sameAccount ? { hsu: "1" } : {}),
  };
}

function personalProperties({ pickAccount, loginHint }: DialogShape): Record<string, string> {
  return {
    "api-version": "2.0",
    oauth2_batch: "1",
    "x-client-info": "1",
    ...(pickAccount || loginHint !== undefined ? { Client_uiflow: "new_account" } : {}),
    ...(loginHint === undefined ? {} : { LoginHint: loginHint }),
  };
}

function joined(scopes: readonly string[], more: readonly string[]): string {
  return [...new Set([...scopes, ...more])].join(" ");
}
