import { isStoredAccount, type StoredAccount } from "./stored-account.ts";

/**
 * One account of a document: a line of its text, an object, or both. Each is made from the other when it is first
 * asked for, so that a change of one account costs no parsing of a thousand others.
 */
export class AccountLine {
  #bytes: Uint8Array | undefined;
  #account: StoredAccount | null | undefined;
  readonly #onDamaged: (() => void) | undefined;

  private constructor(
    bytes: Uint8Array | undefined,
    account: StoredAccount | null | undefined,
    onDamaged?: () => void,
  ) {
    this.#bytes = bytes;
    this.#account = account;
    this.#onDamaged = onDamaged;
  }

  /** Of the form `"key":{…}`. Only parsing shows whether it is an account; `onDamaged` is called if it is none. */
  static ofBytes(bytes: Uint8Array, onDamaged: () => void): AccountLine {
    return new AccountLine(bytes, undefined, onDamaged);
  }

  static ofAccount(account: StoredAccount): AccountLine {
    return new AccountLine(undefined, account);
  }

  /** Whether it was found to be something else than an account. */
  get isDamaged(): boolean {
    return this.#account === null;
  }

  /** `undefined` if it is damaged. */
  get account(): StoredAccount | undefined {
    if (this.#account === undefined) {
      this.#account = parsed(this.#bytes!) ?? null;
      if (this.#account === null) this.#onDamaged?.();
    }
    return this.#account ?? undefined;
  }

  /** The same, in memory of its own. */
  apart(): AccountLine {
    return new AccountLine(this.#bytes && Uint8Array.from(this.#bytes), this.#account, this.#onDamaged);
  }

  /** Its line under this key, without an end. */
  bytes(key: string): Uint8Array {
    this.#bytes ??= Buffer.from(`${JSON.stringify(key)}:${JSON.stringify(this.#account)}`);
    return this.#bytes;
  }
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

function parsed(line: Uint8Array): StoredAccount | undefined {
  try {
    const [account, ...more] = Object.values(JSON.parse(`{${UTF_8.decode(line)}}`) as object) as unknown[];
    return more.length === 0 && isStoredAccount(account) ? account : undefined;
  } catch {
    // The parser's message quotes the text, which may hold tokens.
    return undefined;
  }
}
