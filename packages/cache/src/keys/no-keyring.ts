import { makeKeyFile } from "./make-key-file.ts";

/**
 * What helps where no keyring answers, for people on such a machine.
 * @param first - how it would answer
 */
export function withoutKeyring(first: string): string {
  return `${first}; or make a key file, ${makeKeyFile()}, and set ENTRADA_CACHE_KEY_FILE to its path; or pass \`key\`: a passphrase, a key file, a systemd credential or the TPM. With \`protection: "prefer"\` the tokens are stored without encryption`;
}
