/** What other processes do with the token cache that a flow shares with them. */
export interface SharedSignIns {
  /** A text that changes whenever somebody signs in or out, in any process. Never rejects, and tells nobody of faults. */
  state(): Promise<string>;
  /**
   * Runs `work`, which asks a person, while no other process asks one to sign in to the same; at once where that cannot
   * be known. A process that ends lets the next one ask.
   * @param onOther - called once if another process asks, and this one waits for it
   */
  alone<T>(work: () => Promise<T>, signal: AbortSignal, onOther: () => void): Promise<T>;
}
