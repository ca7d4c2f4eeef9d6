/** One HTTP request, read to its end. */
export interface EmulatorRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What stands for the route's `:names`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body of a form; empty for any other body. */
  readonly form: URLSearchParams;
  /** The body as text. */
  readonly body: string;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The emulator as this client names it: `https://localhost:PORT`. */
  readonly origin: string;
  /** The client's id for this request where it sent one, otherwise a new one. */
  readonly correlationId: string;
  readonly traceId: string;
  /** When it came, by the emulator's clock, in milliseconds since 1970. */
  readonly time: number;
}
