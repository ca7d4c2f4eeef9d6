/** What the keys of one cache are called. */
export interface RedisNames {
  /** With what all of them begin. */
  readonly start: string;
  /** Which format the records have and which key they are sealed with. */
  readonly head: string;
  readonly index: string;
  /** With what the keys of the records begin; a record's name follows. */
  readonly records: string;
  readonly record: (name: string) => string;
  readonly lease: (use: string) => string;
  readonly corrupt: (name: string) => string;
  /** The one value of an earlier version. */
  readonly before: { readonly content: string; readonly lease: string; readonly corrupt: string };
}

export function redisNames(name: string): RedisNames {
  // Keys with the same part in braces lie on the same server of a cluster.
  const start = `entrada:{${name}}:`;
  return {
    start,
    head: `${start}head`,
    index: `${start}index`,
    records: `${start}record:`,
    record: (record) => `${start}record:${record}`,
    lease: (use) => `${start}lease:${use}`,
    corrupt: (record) => `${start}corrupt:${record}`,
    before: { content: `${start}content`, lease: `${start}lease`, corrupt: `${start}corrupt` },
  };
}
