import { describe, expect, it } from "vitest";
import { listen, signIn } from "../../test/loopback/listen.ts";
import { exchange, request } from "../../test/loopback/raw-client.ts";

const PAGE = "https://login.example.test/authorize?state=secret-state";

describe("a one-time link of the listener", () => {
  it("leads on to the sign-in page, once, and leaves the sign-in alone", async () => {
    const test = await listen();
    const { url, opened } = test.listener.linkTo(PAGE);
    expect(url).toMatch(new RegExp(`^http://localhost:${test.port}/[\\w-]{22}$`));
    const target = new URL(url).pathname;
    const first = await exchange(test.port, request(test.port, { target }));
    expect([first.status, first.headers["location"]]).toEqual([303, PAGE]);
    await expect(opened).resolves.toBeUndefined();
    expect(test.warnings).toEqual([]);

    const second = await exchange(test.port, request(test.port, { target }));
    expect(second.text).not.toContain("secret-state");
    expect(second.body).toContain("This link was already used");
    expect(test.warnings).toHaveLength(1);
    await exchange(test.port, request(test.port, { target }));
    expect(test.warnings).toHaveLength(1);
    expect(test.warnings[0]).toMatch(/^sign_in_link_reused: /);
    expect(await signIn(test)).toBe("the-right-code");
  });

  it("is another one for each sign-in, and nothing else leads there", async () => {
    const test = await listen();
    const [one, two] = [test.listener.linkTo(PAGE), test.listener.linkTo(PAGE)];
    expect(one.url).not.toBe(two.url);
    const target = new URL(two.url).pathname;
    for (const other of [
      `${target}x`,
      `${target}?x=1`,
      target.toUpperCase(),
      target.slice(0, -1),
      `/${target}`,
    ]) {
      const answer = await exchange(test.port, request(test.port, { target: other }));
      expect([answer.status === 400 || answer.status === 404, answer.headers["location"]]).toEqual([
        true,
        undefined,
      ]);
    }
    for (const parts of [{ method: "HEAD" }, { method: "POST", body: "x=y" }, { host: "evil.test" }]) {
      const answer = await exchange(test.port, request(test.port, { target, ...parts }));
      expect(answer.headers["location"]).toBeUndefined();
    }
    const answer = await exchange(test.port, request(test.port, { target }));
    expect(answer.headers["location"]).toBe(PAGE);
  });
});
