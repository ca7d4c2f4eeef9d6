import type { WamAccountKind } from "@entrada/wam";

/** What an account's `nativeAccountId` says: all that is needed to find it again, also after a restart. */
export interface NativeAccount {
  readonly kind: WamAccountKind;
  readonly homeAccountId: string;
  /** WAM's own id; absent when WAM described no account. */
  readonly webAccountId?: string | undefined;
}

/** What msal-node passed as an account's id. */
export type NativeAccountId =
  | ({ readonly form: "wam1" } & NativeAccount)
  /** An object id, as Microsoft's own plugin writes it. */
  | { readonly form: "objectId"; readonly objectId: string };

const PREFIX = "wam1.";
const OBJECT_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f-])/i;

/** Self-sufficient: msal-node hands it back as it is, and nothing needs to be stored besides. */
export function encodeNativeAccountId({ kind, homeAccountId, webAccountId }: NativeAccount): string {
  const content = {
    k: kind === "consumers" ? "c" : "o",
    ...(webAccountId === undefined ? {} : { w: webAccountId }),
    h: homeAccountId,
  };
  return PREFIX + Buffer.from(JSON.stringify(content)).toString("base64url");
}

/** Reads an id; undefined for one that neither this nor Microsoft's own plugin wrote. */
export function decodeNativeAccountId(id: string): NativeAccountId | undefined {
  if (!id.startsWith(PREFIX)) {
    const objectId = OBJECT_ID.exec(id)?.[0];
    return objectId === undefined ? undefined : { form: "objectId", objectId };
  }
  try {
    const content: unknown = JSON.parse(Buffer.from(id.slice(PREFIX.length), "base64url").toString("utf8"));
    const { k, w, h } = content as { k?: unknown; w?: unknown; h?: unknown };
    if ((k !== "o" && k !== "c") || typeof h !== "string" || !/^[\w-]+\.[\w-]+$/.test(h)) return undefined;
    const kind = k === "c" ? "consumers" : "organizations";
    return {
      form: "wam1",
      kind,
      homeAccountId: h,
      ...(typeof w === "string" && w !== "" ? { webAccountId: w } : {}),
    };
  } catch {
    return undefined; // not what we wrote: the caller asks for the person
  }
}
