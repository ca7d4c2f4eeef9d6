/**
 * Whether two texts are the same name of a person. A guest is known as `user_contoso.com#EXT#@tenant` where they are a
 * guest, and as `user@contoso.com` to themselves.
 */
export function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  const text = name.trim().toLowerCase();
  const end = text.indexOf("#ext#@");
  const at = text.lastIndexOf("_", end);
  return end < 0 || at < 0 ? text : `${text.slice(0, at)}@${text.slice(at + 1, end)}`;
}
