import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startProxy, startServer, type OtherServer } from "./other-servers.ts";
import { openStage, type Stage } from "./stage.ts";

const NO_REDIRECT = "11111111-0000-4000-8000-000000000001";
const NO_PUBLIC_FLOWS = "11111111-0000-4000-8000-000000000002";
const NOT_REGISTERED = "11111111-0000-4000-8000-000000000003";

let stage: Stage;
let servers: Readonly<Record<"refusing" | "asking" | "portal" | "late" | "early", OtherServer>>;
beforeAll(async () => {
  stage = await openStage({
    applications: [
      { clientId: NO_REDIRECT, name: "Without a redirect URI" },
      {
        clientId: NO_PUBLIC_FLOWS,
        name: "Without public client flows",
        redirectUris: ["http://localhost"],
        allowPublicClientFlows: false,
        tenantId: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10",
      },
    ],
  });
  const { emulator, home } = stage;
  const withClock = (shiftInS: number) =>
    startServer(emulator, (_request, response) => {
      const endpoint = (name: string): string =>
        `${emulator.authorityHost}/organizations/oauth2/v2.0/${name}`;
      const date = new Date(Date.now() + shiftInS * 1000).toUTCString();
      response.writeHead(200, { "content-type": "application/json", date }).end(
        JSON.stringify({
          authorization_endpoint: endpoint("authorize"),
          token_endpoint: endpoint("token"),
        }),
      );
    });
  servers = {
    refusing: await startProxy("403 Forbidden"),
    asking: await startProxy("407 Proxy Authentication Required"),
    portal: await startServer(emulator, (_request, response) =>
      response.end("<h1>Welcome to the hotel</h1>"),
    ),
    late: await withClock(3600),
    early: await withClock(-3600),
  };
  await stage.signIn();
  const opened = new Set<string>();
  await stage.entrada(
    ["login", "--no-browser", "--unencrypted-cache", "-p", "no-flows", "--client-id", NO_PUBLIC_FLOWS],
    {
      onErr(text) {
        const url = /^(https:\S+)\n/m.exec(text)?.[1];
        if (url === undefined || opened.has(url)) return;
        opened.add(url);
        void emulator.person.openBrowser(url);
      },
    },
  );
  mkdirSync(join(home, "broken"));
  writeFileSync(join(home, "broken", "profiles.json"), "{");
  mkdirSync(join(home, "misspelt"));
  writeFileSync(
    join(home, "misspelt", "profiles.json"),
    JSON.stringify({ profiles: { default: { tenant: "contoso.example" } } }),
  );
  writeFileSync(join(home, "no certificate.pem"), "hello");
  // The store of whoever has signed in, with rubbish in every file.
  const damaged = join(home, "damaged");
  cpSync(join(home, "state"), damaged, { recursive: true });
  for (const entry of readdirSync(damaged, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), "\u0000rubbish");
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

interface SetUp {
  readonly args?: readonly string[];
  readonly env?: () => Readonly<Record<string, string>>;
}

/** An authority for which nobody has signed in: the record of whoever has would bring its own. */
const other = (authority: () => string): SetUp => ({
  args: ["--unencrypted-cache"],
  env: () => ({ ENTRADA_CONFIG_DIR: join(stage.home, "new"), AZURE_AUTHORITY_HOST: authority() }),
});
const at = (server: keyof typeof servers): string => `localhost:${servers[server].port}`;

// What is set up wrongly, and what doctor calls it.
const WRONG: readonly (readonly [name: string, codes: readonly string[], setUp: SetUp])[] = [
  [
    "a certificate authority that Node.js does not know",
    ["certificate_not_trusted"],
    { env: () => ({ NODE_EXTRA_CA_CERTS: "" }) },
  ],
  [
    "NODE_EXTRA_CA_CERTS names a file that is not there",
    ["ca_file_unusable", "certificate_not_trusted"],
    { env: () => ({ NODE_EXTRA_CA_CERTS: join(stage.home, "nothing.pem") }) },
  ],
  [
    "NODE_EXTRA_CA_CERTS names a file without a certificate",
    ["ca_file_unusable", "certificate_not_trusted"],
    { env: () => ({ NODE_EXTRA_CA_CERTS: join(stage.home, "no certificate.pem") }) },
  ],
  [
    "certificates that nobody checks",
    ["certificate_check_off"],
    { env: () => ({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }) },
  ],
  [
    "a proxy that is no address",
    ["proxy_invalid"],
    { env: () => ({ HTTPS_PROXY: "http://DOMAIN\\user:x@proxy:3128" }) },
  ],
  [
    "a proxy that is not there",
    ["proxy_unreachable"],
    { env: () => ({ HTTPS_PROXY: "http://127.0.0.1:1" }) },
  ],
  ["a proxy that refuses", ["proxy_refused"], { env: () => ({ HTTPS_PROXY: `http://${at("refusing")}` }) }],
  [
    "a proxy that wants a password",
    ["proxy_refused"],
    { env: () => ({ HTTPS_PROXY: `http://${at("asking")}` }) },
  ],
  ["a clock that is behind", ["clock_wrong"], other(() => `https://${at("late")}`)],
  ["a clock that is ahead", ["clock_wrong"], other(() => `https://${at("early")}`)],
  [
    "a network that wants a sign-in first",
    ["authority_answers_otherwise"],
    other(() => `https://${at("portal")}`),
  ],
  ["an authority that does not answer", ["authority_unreachable"], other(() => "https://localhost:1")],
  [
    "an authority whose name has no address",
    ["authority_name_unknown"],
    other(() => "https://login.invalid"),
  ],
  ["an authority without encryption", ["options_wrong"], other(() => "http://localhost")],
  ["a tenant that is none", ["options_wrong"], { args: ["--tenant", "a b"] }],
  [
    "a tenant that the authority does not know",
    ["tenant_unknown"],
    { args: ["--tenant", "nowhere.example"] },
  ],
  [
    "a client that the authority does not know",
    ["client_unknown"],
    { args: ["--client-id", NOT_REGISTERED] },
  ],
  ["a client without the redirect URI", ["redirect_uri_missing"], { args: ["--client-id", NO_REDIRECT] }],
  ["a client without public client flows", ["public_client_flows_off"], { args: ["--profile", "no-flows"] }],
  [
    "BROWSER names a program that is not there",
    ["browser_not_found"],
    { env: () => ({ BROWSER: "/nope/browser" }) },
  ],
  [
    "ENTRADA_SIGN_IN names no way to sign in",
    ["sign_in_variable_wrong"],
    { env: () => ({ ENTRADA_SIGN_IN: "fax" }) },
  ],
  ...[
    "ENTRADA_SIGNIN",
    "ENTRADA_PROFIL",
    "ENTRADA_CACHE_KEYFILE",
    "ENTRADA_DISABLE_BROKERS",
    "entrada_profile",
    "ENTRADA_ZZZ",
  ].map((name): (typeof WRONG)[number] => [
    `a variable by another name than there is, ${name}`,
    ["variable_unknown"],
    { env: () => ({ [name]: "x" }) },
  ]),
  ["a CI job", ["nobody_can_be_asked"], { env: () => ({ CI: "true" }) }],
  [
    "profiles that are no JSON",
    ["profiles_unreadable"],
    { env: () => ({ ENTRADA_CONFIG_DIR: join(stage.home, "broken") }) },
  ],
  [
    "a profile with a name that nobody knows",
    ["profiles_unreadable"],
    { env: () => ({ ENTRADA_CONFIG_DIR: join(stage.home, "misspelt") }) },
  ],
  ["a profile that there is not", ["profile_unknown"], { args: ["-p", "wrok", "--unencrypted-cache"] }],
  [
    "no keyring",
    ["cache_no_encryption"],
    {
      env: () => ({
        ENTRADA_CONFIG_DIR: join(stage.home, "empty"),
        XDG_STATE_HOME: join(stage.home, "empty"),
      }),
    },
  ],
  [
    "a store that is damaged",
    ["cache_corrupt"],
    { env: () => ({ XDG_STATE_HOME: join(stage.home, "damaged") }) },
  ],
];

/** Without a desktop's keyring and browser, whatever machine the tests run on. */
const bare = { DBUS_SESSION_BUS_ADDRESS: "", XDG_RUNTIME_DIR: "" };

describe.runIf(process.platform === "linux")("entrada doctor", () => {
  test("finds nothing where nothing is wrong", async () => {
    const page = await stage.entrada(["doctor"], { env: bare });
    expect(page).toMatchObject({ code: 0, err: "" });
    expect(page.out).toMatch(/\nNothing is wrong\.\n$/);
    expect(page.out).toContain(stage.emulator.defaults.account.username);
    const { code, out } = await stage.entrada(["doctor", "--json"], { env: bare });
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ signedIn: true, findings: [] })]);
  });

  test.each(WRONG)("names %s", async (_, codes, { args = [], env = () => ({}) }) => {
    const own = { ...bare, ...env() };
    const { code, out } = await stage.entrada(["doctor", "--json", ...args], { env: own });
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly { readonly code: string; readonly what: string; readonly todo: string }[];
    };
    expect([code, findings.map((finding) => finding.code)]).toEqual([1, codes]);
    for (const { what, todo } of findings) {
      expect(what).toMatch(/^[A-Z].*\.$/s);
      expect(todo.length).toBeGreaterThan(20);
    }
    // A bug report is for everybody to read.
    const { account, tenantId } = stage.emulator.defaults;
    const personal = [
      account.username,
      tenantId,
      stage.home,
      String(stage.emulator.port),
      NO_REDIRECT,
      "DOMAIN",
    ];
    expect(personal.filter((text) => out.includes(text))).toEqual([]);
  });

  test("tells the person which file, host or value is meant", async () => {
    const { out } = await stage.entrada(["doctor"], { env: { ...bare, BROWSER: "/nope/browser" } });
    expect(out).toContain("/nope/browser");
    expect(out).toMatch(/\nFound: 1\n$/);
  });

  test("shows no token and no password", async () => {
    const { out: token } = await stage.entrada(["token"]);
    const env = { ...bare, HTTPS_PROXY: "http://ada:secret-of-hers@127.0.0.1:1" };
    for (const form of [[], ["--json"]]) {
      const { out, err } = await stage.entrada(["doctor", ...form], { env });
      expect(out + err).not.toContain("secret-of-hers");
      expect(out + err).not.toContain(token.trim());
    }
  });
});
