/** Why a call on the bus failed. */
export class BusError extends Error {
  override name = "BusError";
  /** The D-Bus error's name; absent if the bus itself was the trouble. */
  readonly busName: string | undefined;
  /** What the one who refused the call says of it: foreign words, not for a message. */
  readonly text: string | undefined;

  constructor(message: string, busName?: string, cause?: unknown, text?: string) {
    super(message, cause === undefined ? undefined : { cause });
    this.busName = busName;
    this.text = text;
  }
}
