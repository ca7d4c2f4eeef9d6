/** The part of `fetch` that MCP transports use. */
export type FetchLike = (url: string | URL, init?: RequestInit) => Promise<Response>;
