/** What a keyring would keep: the id of the cache's key, and the key. Here it is the same for all processes. */
export const KEY = { id: Buffer.alloc(16, 5), bytes: Buffer.alloc(32, 7) };

/** For the option `keyStore` of a token cache: a keyring that answers at once. */
export function fixedKeyStore() {
  const secret = `entrada:1:${Buffer.concat([KEY.id, KEY.bytes]).toString("base64")}`;
  return { read: async () => secret, write: async () => undefined, remove: async () => undefined };
}
