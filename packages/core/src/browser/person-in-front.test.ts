import { beforeAll, describe, expect, test } from "vitest";
import { expectWithin } from "../../../../tools/measure/expect-within.ts";
import { canFakeBrowsers, fakeBrowsers } from "../../test/browser/fake-browser.ts";
import { canRunSources, runModule } from "../../test/loopback/child.ts";
import { exchange, formPost, request } from "../../test/loopback/raw-client.ts";
import { type AuthenticationEvent, InteractiveBrowserCredential } from "../index.ts";
import { deferred } from "../deferred.ts";

const ARM = "https://management.azure.com/.default";
const TENANT = "11111111-2222-4333-8444-555555555555";

// Enough for the listener to be ready on a busy machine, once all is loaded.
const WAIT = 700;

beforeAll(async () => {
  const controller = new AbortController();
  const credential = new InteractiveBrowserCredential({
    fetch: silence,
    openBrowser: () => controller.abort(),
  });
  await credential.getToken(ARM, { abortSignal: controller.signal }).catch(() => {});
});

/** Nobody answers: no test of these needs the authority. */
const silence: typeof fetch = () => Promise.reject(new Error("not in this test"));

interface Told {
  readonly error: unknown;
  readonly events: readonly AuthenticationEvent[];
}

/** A sign-in whose person does what `act` says with the port of the redirect URI, until it has failed. */
async function failedSignIn(
  options: ConstructorParameters<typeof InteractiveBrowserCredential>[0],
  act: (port: number, url: URL) => unknown = () => {},
): Promise<Told & { readonly port: number }> {
  const events: AuthenticationEvent[] = [];
  let port = 0;
  const credential = new InteractiveBrowserCredential({
    fetch: silence,
    openBrowser: async (url) => {
      const parsed = new URL(url);
      port = Number(new URL(parsed.searchParams.get("redirect_uri") ?? "").port);
      await act(port, parsed);
    },
    onEvent: (event) => events.push(event),
    ...options,
  });
  const error: unknown = await credential.getToken(ARM).catch((reason: unknown) => reason);
  return { error, events, port };
}

describe("when the person's time is over", () => {
  test("the hint has the redirect URI to register, where, and where AADSTS numbers are explained", async () => {
    const { error } = await failedSignIn({ timeoutInMs: WAIT, clientId: "an-app" });
    expect(error).toMatchObject({ code: "timeout", detail: "interactive_timeout", retryable: true });
    const { hint, message } = error as { hint: string; message: string };
    expect(hint).toMatch(
      /AADSTS50011.*register http:\/\/localhost under "Mobile and desktop applications".*an-app/,
    );
    expect(hint).toContain("https://login.microsoftonline.com/error?code=");
    expect(hint).toContain('"timeoutInMs"');
    expect(message).toContain(hint);
  });

  test("and the authority has not answered yet, nobody is blamed who was not asked", async () => {
    const { error, port, events } = await failedSignIn({
      timeoutInMs: WAIT,
      authorityHost: "https://login.contoso.test",
      fetch: () => new Promise(() => {}),
    });
    expect([port, events.filter(({ type }) => type === "prompt")]).toEqual([0, []]);
    expect(error).toMatchObject({ code: "timeout", detail: "interactive_timeout" });
    expect((error as { hint: string }).hint).toMatch(/Nobody was asked yet.*had not answered.*the proxy/);
  });

  test("it is the one of the option, exactly", async () => {
    const redirectUri = "http://127.0.0.1/signed/in";
    const { error } = await failedSignIn({ timeoutInMs: WAIT, redirectUri });
    expect(error).toMatchObject({ hint: expect.stringContaining(`register ${redirectUri} under`) as string });
  });

  test("a browser that came with TLS is told of, in a warning and in the hint", async () => {
    const { error, events } = await failedSignIn({ timeoutInMs: WAIT }, async (port) => {
      await exchange(port, Buffer.from([0x16, 3, 1, 0, 0x20]));
    });
    expect(events.filter(({ type }) => type === "warning")).toMatchObject([{ code: "browser_used_https" }]);
    expect(error).toMatchObject({ hint: expect.stringContaining("HTTPS-only mode") as string });
  });

  test("an answer that was refused is told of, and why, with nothing of it", async () => {
    const { error } = await failedSignIn({ timeoutInMs: WAIT }, async (port) => {
      await exchange(port, formPost(port, { code: "secret-code", state: "of-another-sign-in" }));
    });
    const { hint } = error as { hint: string };
    expect(hint).toMatch(
      /^An answer .* was refused \(1 so far\)\. Its state is missing or wrong\. If the page/,
    );
    expect(hint).not.toMatch(/secret-code|of-another/);
  });

  test("an opener that failed is told of, and the address can still be opened", async () => {
    const { error, events } = await failedSignIn({ timeoutInMs: WAIT }, () => {
      throw new Error("xdg-open: no such thing");
    });
    expect(events.map(({ type }) => type)).toEqual(["prompt", "browser_unavailable", "failed"]);
    expect(error).toMatchObject({ code: "timeout" });
    expect((error as { hint: string }).hint).toMatch(
      /^The browser could not be opened\. Next time open the URL .* by hand/,
    );
  });

  test("whoever comes then finds that it is too late, and who was quick that it is done", async () => {
    const { port } = await failedSignIn({ timeoutInMs: WAIT });
    const answer = await exchange(port, formPost(port, { code: "late", state: "any" }));
    expect(answer.body).toContain("Too late for this sign-in");
  });

  test("after an abort, that the application has stopped it", async () => {
    const controller = new AbortController();
    let port = 0;
    const credential = new InteractiveBrowserCredential({
      fetch: silence,
      openBrowser: (url) => {
        port = Number(new URL(new URL(url).searchParams.get("redirect_uri") ?? "").port);
        controller.abort();
      },
    });
    await expect(credential.getToken(ARM, { abortSignal: controller.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect((await exchange(port, request(port))).body).toContain("Your application has stopped this sign-in");
  });
});

describe("a tenant that the authority does not know", () => {
  const refusal = {
    error: "invalid_tenant",
    error_description: `AADSTS90002: Tenant '${TENANT}' not found.`,
    error_codes: [90002],
  };

  test.each([TENANT, "no-such-tenant.example"])(
    "%s: is told within a second, beside the prompt, by the typed error",
    async (tenantId) => {
      await expectWithin(1000, async () => {
        const asked: string[] = [];
        const began = performance.now();
        const { error, events, port } = await failedSignIn({
          tenantId,
          fetch: async (url) => {
            asked.push(String(url instanceof Request ? url.url : url));
            return Response.json(refusal, { status: 400 });
          },
        });
        const took = performance.now() - began;
        expect(error).toMatchObject({ code: "service", aadsts: 90002 });
        expect((error as Error).message).toContain(tenantId);
        expect(events.map(({ type }) => type)).toEqual(["prompt", "failed"]);
        expect(asked).toEqual([
          `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`,
        ]);
        expect((await exchange(port, request(port))).body).toContain("This sign-in has ended");
        return took;
      });
    },
  );

  test("the prompt does not wait for the answer", async () => {
    const answered = deferred<Response>();
    const order: string[] = [];
    const work = failedSignIn(
      {
        tenantId: TENANT,
        fetch: () => {
          order.push("asked");
          return answered.promise;
        },
      },
      () => {
        order.push("opened");
        answered.resolve(Response.json(refusal, { status: 400 }));
      },
    );
    expect((await work).error).toMatchObject({ aadsts: 90002 });
    expect(order).toContain("opened");
  });

  test.each<readonly [string, typeof fetch]>([
    ["nobody answers", silence],
    ["a proxy answers", async () => new Response("<html>", { status: 403 })],
    ["the document is odd", async () => Response.json({ issuer: "https://evil.test/" })],
    [
      "the authority is busy",
      async () => Response.json({ error: "temporarily_unavailable" }, { status: 400 }),
    ],
  ])("nothing depends on it when %s", async (_name, answer) => {
    const { error } = await failedSignIn({ tenantId: TENANT, fetch: answer, timeoutInMs: WAIT });
    expect(error).toMatchObject({ code: "timeout", detail: "interactive_timeout" });
  });

  test.each(["organizations", "common", "consumers"])(
    "%s is none that could be mistyped",
    async (tenantId) => {
      let asked = 0;
      await failedSignIn({
        tenantId,
        timeoutInMs: WAIT,
        fetch: () => {
          asked += 1;
          return Promise.reject(new Error("x"));
        },
      });
      expect(asked).toBe(0);
    },
  );

  test("the empty GUID is refused by the constructor, wherever it stands", () => {
    const empty = "00000000-0000-0000-0000-000000000000";
    for (const options of [
      { tenantId: empty },
      { additionallyAllowedTenants: [empty] },
      { clientId: empty },
    ]) {
      expect(() => new InteractiveBrowserCredential(options)).toThrow(TypeError);
      expect(() => new InteractiveBrowserCredential(options)).toThrow(Object.keys(options)[0]);
    }
  });
});

describe.skipIf(!canRunSources || !canFakeBrowsers || process.platform !== "linux")(
  "the system's openers",
  () => {
    const PROGRAM = `
    import { InteractiveBrowserCredential } from "./src/index.ts";
    const credential = new InteractiveBrowserCredential({
      fetch: () => Promise.reject(new Error("x")),
      ...(process.env.HEARS ? { onEvent: (event) => console.log(event.type, event.url?.slice(0, 36)) } : {}),
    });
    await credential.getToken("a/.default").catch((error) => console.log(error.code, error.detail));`;
    const PAGE = "https://login.microsoftonline.com/or";

    test("where no browser can exist nothing is shown, and a chain goes on at once", async () => {
      const child = runModule(PROGRAM, { env: { PATH: "/usr/bin:/bin", HEARS: "1" } });
      expect(await child.nextLine()).toBe("failed undefined");
      expect(await child.nextLine()).toBe("browser_unavailable no_browser");
      expect((await child.end).stderr).toBe("");
    });

    test("xdg-open that ends with 4: the address is shown where nobody else shows it, and the call waits", async () => {
      const fakes = fakeBrowsers();
      fakes.add("xdg-open", "exit 4");
      const child = runModule(PROGRAM, { env: { PATH: fakes.folder, DISPLAY: ":0" } });
      let stderr = "";
      await new Promise<void>((resolve) => {
        child.process.stderr.on("data", (chunk: Buffer) => {
          stderr += chunk.toString();
          if (stderr.includes("The sign-in waits until")) resolve();
        });
      });
      expect(stderr).toContain("The browser could not be opened.");
      const [url = ""] = /^https:\/\/login\.microsoftonline\.com\/.*$/m.exec(stderr) ?? [];
      const { port } = new URL(new URL(url).searchParams.get("redirect_uri") ?? "");
      expect((await exchange(Number(port), request(Number(port)))).body).toContain("Waiting for the sign-in");
      // What the opener was given is not what can be signed in with.
      expect(fakes.calls("xdg-open").flat().join()).toMatch(/^http:\/\/localhost:\d+\/[\w-]{22}$/);
    });

    test("BROWSER that ends with 1: a warning with the address, and the call waits", async () => {
      const fakes = fakeBrowsers();
      const file = fakes.add("my-browser", "exit 1");
      const child = runModule(PROGRAM, { env: { PATH: "/bin", BROWSER: `'${file}'`, HEARS: "1" } });
      expect(await child.nextLine()).toBe(`prompt ${PAGE}`);
      // It waits for a moment whether a browser follows the link; on a busy machine time is told first.
      const next = [await child.nextLine(), await child.nextLine()];
      expect(next.toSorted()).toEqual(["waiting undefined", `warning ${PAGE}`]);
    });
  },
);
