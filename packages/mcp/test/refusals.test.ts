import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TokenCredential } from "@entrada/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { withEntra } from "../src/index.ts";

// A server that refuses in every way and order, and a client that answers each wish once in a request.

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const METADATA = "/.well-known/oauth-protected-resource";
const claimsFor = (context: string): string =>
  JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });

/** The token that a request has: "-" for none. */
const tokenOf = ({ headers }: IncomingMessage): string =>
  headers.authorization?.replace("Bearer ", "") ?? "-";

const refuse =
  (status: number, challenge: string): Answer =>
  (_request, response) =>
    void response.writeHead(status, { "www-authenticate": challenge }).end();
const unknown: Answer = (_request, response) => void response.writeHead(401).end();
const claims = (context = "c1", besides = ""): Answer =>
  refuse(401, `Bearer error="insufficient_claims", claims="${btoa(claimsFor(context))}"${besides}`);
const scope = (name: string): Answer =>
  refuse(403, `Bearer error="insufficient_scope", scope="api://tools/${name}"`);
const ok: Answer = (_request, response) => void response.end("ok");

interface Asked {
  readonly scopes: readonly string[];
  readonly claims: string | undefined;
}

/** What a client does whose server answers the n-th token by the n-th answer, and no token by the first. */
async function meet(
  answers: readonly Answer[],
  { scopes, path = "/mcp", metadata = `${METADATA}/mcp`, requests = 1 }: MeetOptions = {},
): Promise<{
  readonly statuses: readonly number[];
  readonly asked: readonly Asked[];
  readonly paths: readonly string[];
}> {
  const asked: Asked[] = [];
  const paths: string[] = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/.well-known")) {
      paths.push(request.url);
      if (request.url !== metadata) return void response.writeHead(404).end();
      return void response.end(JSON.stringify({ resource: `http://${request.headers.host}/mcp` }));
    }
    const token = tokenOf(request);
    const first = scopes === undefined ? 0 : 1;
    const answer = answers[token === "-" ? 0 : Number(token) - first] ?? answers.at(-1) ?? ok;
    answer(request, response);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const credential = {
    getToken: (wanted: string | string[], options?: { claims?: string }) => {
      asked.push({
        scopes: [wanted].flat().map((each) => each.replace(/^http.*mcp\//, "own/")),
        claims: options?.claims,
      });
      return Promise.resolve({ token: String(asked.length), expiresOnTimestamp: Date.now() + 1e6 });
    },
  };
  const send = withEntra({ credential, serverUrl, scopes } as Parameters<typeof withEntra>[0])(fetch);
  const all = await Promise.all(
    Array.from({ length: requests }, () => send(serverUrl, { method: "POST", body: "{}" })),
  );
  return { statuses: all.map(({ status }) => status), asked, paths };
}
interface MeetOptions {
  readonly scopes?: string;
  readonly path?: string;
  readonly metadata?: string;
  readonly requests?: number;
}

const OWN = ["own/.default"];
const A = ["api://tools/A"];
const AB = ["api://tools/A", "api://tools/B"];
const C1 = claimsFor("c1");

test.each<[string, readonly Answer[], string | undefined, readonly Asked[]]>([
  [
    "which token, then claims",
    [unknown, claims(), ok],
    undefined,
    [
      { scopes: OWN, claims: undefined },
      { scopes: OWN, claims: C1 },
    ],
  ],
  ["claims before it has said which token", [claims(), ok], undefined, [{ scopes: OWN, claims: C1 }]],
  [
    "a scope, then claims",
    [scope("B"), claims(), ok],
    "api://tools/A",
    [
      { scopes: A, claims: undefined },
      { scopes: AB, claims: undefined },
      { scopes: AB, claims: C1 },
    ],
  ],
  [
    "claims, then a scope, which the next token has together",
    [claims(), scope("B"), ok],
    "api://tools/A",
    [
      { scopes: A, claims: undefined },
      { scopes: A, claims: C1 },
      { scopes: AB, claims: C1 },
    ],
  ],
])("a server that asks for %s, gets it in one request", async (_what, answers, scopes, asked) => {
  const met = await meet(answers, scopes === undefined ? {} : { scopes });
  expect(met).toMatchObject({ statuses: [200], asked });
});

test.each<[string, readonly Answer[], number, number]>([
  ["the same claims for ever", [claims()], 401, 2],
  ["other claims each time", [claims("c1"), claims("c2"), claims("c3"), claims("c4")], 401, 2],
  ["a further scope each time", [scope("B"), scope("C"), scope("D")], 403, 2],
  ["claims and scopes in turn", [claims(), scope("B"), claims("c2"), scope("C")], 401, 3],
  ["a token of the same kind", [unknown], 401, 1],
  [
    "a scope of another resource",
    [refuse(403, 'Bearer error="insufficient_scope", scope="https://graph.microsoft.com/Mail.Read"')],
    403,
    1,
  ],
])(
  "a server that asks for %s is handed over after each wish was answered once",
  async (_what, answers, status, tokens) => {
    const met = await meet(answers, { scopes: "api://tools/A" });
    expect([met.statuses, met.asked.length]).toEqual([[status], tokens]);
  },
);

test("requests at once that lack the same scope all get it", async () => {
  const { statuses, asked } = await meet([scope("B"), scope("B"), scope("B"), scope("B"), scope("B"), ok], {
    scopes: "api://tools/A",
    requests: 5,
  });
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  expect(asked.at(-1)).toEqual({ scopes: AB, claims: undefined });
});

test("a server that asks for claims of a token that has them is left alone for 30 s", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const claimed: (string | undefined)[] = [];
  const credential = {
    getToken: (_scopes: unknown, options?: { claims?: string }) => {
      claimed.push(options?.claims);
      return Promise.resolve({ token: "x", expiresOnTimestamp: Date.now() + 1e6 });
    },
  };
  const serverUrl = "https://tools.example/mcp";
  const challenge = `Bearer error="insufficient_claims", claims="${btoa(C1)}"`;
  const send = withEntra({ credential, serverUrl, scopes: "api://tools/A" })(() =>
    Promise.resolve(new Response(null, { status: 401, headers: { "www-authenticate": challenge } })),
  );
  for (const wait of [0, 0, 29_000, 2_000]) {
    vi.setSystemTime(Date.now() + wait);
    expect((await send(serverUrl)).status).toBe(401);
  }
  expect(claimed).toEqual([undefined, C1, undefined, undefined, undefined, C1]);
});

test("requests at once, of which none knows yet which token the server takes, are all answered", async () => {
  const { statuses } = await meet([unknown, ok], { requests: 5 });
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
});

test.each<[string, MeetOptions, readonly string[]]>([
  ["of its path", {}, [`${METADATA}/mcp`]],
  ["of its host, where it has none of its path", { metadata: METADATA }, [`${METADATA}/mcp`, METADATA]],
  [
    "of its path, which ends in a slash",
    { path: "/mcp/", metadata: `${METADATA}/mcp/` },
    [`${METADATA}/mcp/`],
  ],
])(
  "the metadata of a server that names none is looked for in the place %s",
  async (_what, options, paths) => {
    expect(await meet([unknown, ok], options)).toMatchObject({ statuses: [200], paths });
  },
);

test.each<[string, Answer, RegExp]>([
  ["nowhere", unknown, /no metadata of a protected resource \(HTTP 404\)/],
  ["in a place that is no address", refuse(401, 'Bearer resource_metadata="http://[::"'), /another origin/],
  ["elsewhere", refuse(401, 'Bearer resource_metadata="https://elsewhere.example/"'), /another origin/],
])("a server that says %s what it is, is refused with what to write", async (_what, answer, words) => {
  const refused = await meet([answer], { metadata: "" }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: "invalid_response",
    detail: "resource_metadata",
    message: expect.stringMatching(words) as string,
    hint: expect.stringContaining("withEntra({ scopes:") as string,
  });
});

test("a credential of somebody else that gives no token is told by name", async () => {
  const frozen = { serverUrl: "https://tools.example/mcp", scopes: ["api://tools/.default"] } as const;
  const credential: TokenCredential = { getToken: () => Promise.resolve(null) };
  const send = withEntra({ ...frozen, credential })(() => Promise.resolve(new Response()));
  await expect(send(frozen.serverUrl)).rejects.toThrow(new TypeError("The credential gave no token."));
});
