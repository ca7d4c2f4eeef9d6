import type { EmulatorResource } from "@entrada/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONTAINER_REGISTRY, startRegistry } from "./registry.ts";
import { claimsOf, openStage, type Run, type Stage } from "./stage.ts";

const DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798";
const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";
const resources: EmulatorResource[] = [
  { uri: `api://${DEVOPS}`, appId: DEVOPS, name: "Azure DevOps", scopes: ["user_impersonation"] },
  { uri: `api://${AKS}`, appId: AKS, name: "Azure Kubernetes Service", scopes: ["user.read"] },
  CONTAINER_REGISTRY,
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ resources });
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

const helper = (args: readonly string[], input?: string, env = {}): Promise<Run> =>
  stage.entrada(["credential-helper", ...args], { env, ...(input === undefined ? {} : { input }) });

/** What git's protocol says, by name. */
function attributes(text: string): Record<string, string> {
  const pairs = text
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
}

/** Where nobody is signed in, and nobody can be asked. */
const NOBODY = { ENTRADA_PROFILE: "nobody" };

describe.runIf(process.platform === "linux")("git", () => {
  const asked = "protocol=https\nhost=dev.azure.com\npath=contoso/_git/app\n\n";

  test("gets a user name and a password for Azure Repos, and how long they are good", async () => {
    const { out, err, code } = await helper(["git", "get"], asked);
    const { username, password = "", password_expiry_utc: expiry } = attributes(out);
    expect([code, err, username]).toEqual([0, "", stage.emulator.defaults.account.username]);
    const { aud, exp } = claimsOf(password);
    expect(String(aud)).toContain(DEVOPS);
    expect(Number(exp) - Number(expiry)).toBeLessThanOrEqual(1);
  });

  test("of version 2.46 or newer gets a bearer token", async () => {
    const { out } = await helper(["git", "get"], `capability[]=authtype\ncapability[]=state\n${asked}`);
    expect(out.startsWith("capability[]=authtype\n")).toBe(true);
    const { authtype, credential = "", username } = attributes(out);
    expect([authtype, username]).toEqual(["Bearer", undefined]);
    expect(String(claimsOf(credential)["aud"])).toContain(DEVOPS);
    expect((await helper(["git", "capability"])).out).toContain("capability authtype");
  });

  test.each([
    ["another host", "protocol=https\nhost=github.com\n\n"],
    ["a host that ends alike", "protocol=https\nhost=evil-dev.azure.com\n\n"],
    ["a host that begins alike", "protocol=https\nhost=dev.azure.com.example\n\n"],
    ["another port", "protocol=https\nhost=dev.azure.com:8443\n\n"],
    ["no encryption", "protocol=http\nhost=dev.azure.com\n\n"],
    ["nothing", ""],
    ["no attributes", "hello\n\n"],
  ])("gets no answer for %s", async (_, input) => {
    expect(await helper(["git", "get"], input)).toEqual({ code: 0, out: "", err: "" });
  });

  test.each(["contoso.visualstudio.com", "DEV.azure.com", "dev.azure.com:443", "pkgs.dev.azure.com"])(
    "gets an answer for %s",
    async (host) => {
      const { out } = await helper(["git", "get"], `protocol=https\nhost=${host}\nusername=contoso\n\n`);
      expect(attributes(out)["username"]).toBe("contoso");
    },
  );

  test.each(["store", "later-invention"])("may %s", async (operation) => {
    expect(await helper(["git", operation], asked)).toEqual({ code: 0, out: "", err: "" });
  });

  test("gets another token after it has erased the one that the server refused", async () => {
    const passwordOf = async (): Promise<string> =>
      attributes((await helper(["git", "get"], asked)).out)["password"] ?? "";
    const erasing = (line: string): Promise<Run> =>
      helper(["git", "erase"], asked.replace("\n\n", `\n${line}\n\n`));
    const quiet = { code: 0, out: "", err: "" };
    const refused = await passwordOf();
    expect(await passwordOf()).toBe(refused);
    expect(await erasing(`password=${refused}`)).toEqual(quiet);
    const next = await passwordOf();
    expect(next).not.toBe(refused);
    // As a process says it that was slower, and then one of git 2.46.
    expect(await erasing(`password=${refused}`)).toEqual(quiet);
    expect(await passwordOf()).toBe(next);
    expect(await erasing(`authtype=Bearer\ncredential=${next}`)).toEqual(quiet);
    expect(await passwordOf()).not.toBe(next);
    expect(await helper(["git", "erase"], "protocol=https\nhost=github.com\npassword=x\n\n")).toEqual(quiet);
    expect(await helper(["git", "--unencrypted-cache", "erase"], asked, NOBODY)).toEqual(quiet);
  });

  test("is not kept waiting where it keeps the pipe open, and nobody is signed in", async () => {
    const open = await stage.entrada(["credential-helper", "git", "get"], { input: asked, keepOpen: true });
    expect(attributes(open.out)["password"]).toBeTypeOf("string");
    const nobody = await helper(["git", "--unencrypted-cache", "get"], asked, NOBODY);
    expect([nobody.code, nobody.out]).toEqual([1, ""]);
    expect(nobody.err).toContain("entrada login");
  });
});

describe.runIf(process.platform === "linux")("Docker", () => {
  const notFound = { code: 1, out: "credentials not found in native keychain\n" };

  test("gets what the registry gives for the person's token", async () => {
    await using registry = await startRegistry(stage.emulator);
    const { out, code, err } = await helper(
      ["docker", "--registry", registry.host, "get"],
      `${registry.host}\n`,
    );
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual({
      ServerURL: registry.host,
      Username: "00000000-0000-0000-0000-000000000000",
      Secret: registry.secret,
    });
    const { tenantId } = stage.emulator.defaults;
    expect(registry.exchanges).toEqual([
      {
        grant_type: "access_token",
        service: registry.host,
        tenant: tenantId,
        aud: "https://containerregistry.azure.net",
        tid: tenantId,
      },
    ]);
    const listed = await helper(["docker", "--registry", registry.host, "list"]);
    expect(JSON.parse(listed.out)).toEqual({ [registry.host]: "00000000-0000-0000-0000-000000000000" });
    expect((await helper(["docker", "--registry", registry.host, "erase"], registry.host)).code).toBe(0);
    const given = JSON.stringify({ ServerURL: registry.host, Username: "x", Secret: "y" });
    expect((await helper(["docker", "--registry", registry.host, "store"], given)).code).toBe(0);
  });

  test.each([
    "index.docker.io",
    "https://index.docker.io/v1/",
    "azurecr.io.example",
    "contosoazurecr.io",
    "http://contoso.azurecr.io",
    "",
    "::",
  ])("gets no token of the person's sent to %j", async (server) => {
    expect(await helper(["docker", "get"], `${server}\n`)).toMatchObject(notFound);
  });

  test("is refused in its own words where nobody is signed in, and told of other faults where it reads them", async () => {
    const options = ["docker", "--unencrypted-cache", "--registry", "localhost:1"];
    const nobody = await helper([...options, "get"], "localhost:1\n", NOBODY);
    expect(nobody).toMatchObject(notFound);
    expect(nobody.err).toContain("entrada login");
    const away = await helper([...options, "get"], "localhost:1\n");
    expect([away.code, away.out]).toEqual([4, expect.stringContaining("localhost:1 could not be reached")]);
    const stored = await helper(["docker", "store"], '{"ServerURL":"docker.io","Username":"a","Secret":"b"}');
    expect(stored).toMatchObject({
      code: 1,
      out: expect.stringContaining("Azure Container Registry") as string,
    });
    expect(JSON.parse((await helper(["docker", "list"])).out)).toEqual({});
    expect((await helper(["docker", "dance"])).code).toBe(2);
  });
});

describe.runIf(process.platform === "linux")("kubectl", () => {
  const info = (apiVersion: string, interactive: boolean): Record<string, string> => ({
    KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion, kind: "ExecCredential", spec: { interactive } }),
  });

  test.each(["v1", "v1beta1"])("gets a token in the form of %s", async (version) => {
    const apiVersion = `client.authentication.k8s.io/${version}`;
    const { out, code, err } = await helper(["kubectl"], "", info(apiVersion, false));
    expect([code, err]).toEqual([0, ""]);
    const answer = JSON.parse(out) as { readonly status: { readonly token: string } };
    expect(answer).toEqual({
      apiVersion,
      kind: "ExecCredential",
      status: {
        token: expect.any(String) as string,
        expirationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      },
    });
    expect(String(claimsOf(answer.status.token)["aud"])).toContain(AKS);
  });

  test("is refused at once where nobody is signed in, whether it is interactive or not", async () => {
    for (const interactive of [true, false]) {
      const env = { ...NOBODY, ...info("client.authentication.k8s.io/v1", interactive) };
      const refused = await helper(["kubectl", "--unencrypted-cache"], "", env);
      expect([refused.code, refused.out]).toEqual([1, ""]);
      expect(refused.err).toContain("entrada login");
    }
  });

  test("is told of what it says wrongly", async () => {
    expect((await helper(["kubectl"], "", { KUBERNETES_EXEC_INFO: "{" })).code).toBe(2);
    expect((await helper(["kubectl"], "", info("client.authentication.k8s.io/v9", false))).code).toBe(2);
    expect(JSON.parse((await helper(["kubectl"])).out)).toMatchObject({ kind: "ExecCredential" });
  });
});
