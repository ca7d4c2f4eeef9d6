/** What helps where no keyring answers, for people on such a machine. */
export const WITHOUT_KEYRING =
  'Start a keyring; or make a key file, `head -c 32 /dev/urandom > cache.key`, keep it private, and set ENTRADA_CACHE_KEY_FILE to its path; or pass `key`: a passphrase, a key file, a systemd credential or the TPM. With `protection: "prefer"` the tokens are stored without encryption';
