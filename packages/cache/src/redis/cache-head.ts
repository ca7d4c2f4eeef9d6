import { cacheError } from "../cache-error.ts";
import type { DataKey } from "../sealed/data-key.ts";

const VERSION = 1;

/** What stands under the key `head`: how the records are laid out, and which key they are sealed with. */
export function cacheHead(key: DataKey): string {
  return `${VERSION} ${key.id}`;
}

/** @throws AuthenticationError `cache`: `cache_version`, `cache_unreadable`, if it is not the expected one. */
export function checkHead(found: string, expected: string): void {
  if (found === expected) return;
  if (Number.parseInt(found, 10) > VERSION) {
    throw cacheError(
      "cache_version",
      "The token cache was written by a newer version of Entrada",
      "Update @entrada/cache here, or use another cache name",
    );
  }
  throw cacheError(
    "cache_unreadable",
    "The token cache was encrypted with another key",
    "Give all that share this cache the same `key`, or use another `name`",
  );
}
