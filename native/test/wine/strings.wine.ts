import assert from "node:assert/strict";
import { calls, silent, wamTest } from "./fake-wam.ts";

const long = "0123456789abcdef".repeat(4096);
const strings: Readonly<Record<string, string>> = {
  empty: "",
  "a NUL in the middle": "a\0b",
  "only NULs": "\0\0\0",
  "beyond the basic plane": "\u{1f511} \u{10ffff}",
  "a lone high surrogate": "a\ud83d",
  "a lone low surrogate": "\udd11b",
  "a byte order mark and a noncharacter": "\ufeff\uffff",
  "line ends": "\r\n\u2028",
  "64 KB": long,
  "64 KB that begin with NUL": `\0${long}`,
};

for (const [name, value] of Object.entries(strings)) {
  wamTest(`a string comes back as it went: ${name}`, { "token.echo": 1 }, async (wam) => {
    const { responses } = await wam.request(silent({ properties: { claims: value, token: value } }));
    assert.equal(responses[0]?.properties["claims"], value);
    assert.equal(responses[0]?.token, value);
  });

  wamTest(`a string arrives as it was sent: ${name}`, {}, async (wam) => {
    await wam.request(
      silent({
        providerAuthority: value,
        scope: value,
        clientId: value,
        correlationId: value,
        properties: { [`key ${value}`]: value },
      }),
    );
    const request = calls().at(-1);
    assert.equal(request?.["authority"], value);
    assert.equal(request?.["scope"], value);
    assert.equal(request?.["clientId"], value);
    assert.equal(request?.["correlationId"], value);
    assert.deepEqual(request?.["properties"], { [`key ${value}`]: value });
  });
}

wamTest("a property is the object's own, whatever its name", { "token.echo": 1 }, async (wam) => {
  const names = ["__proto__", "constructor", "toString", "0", "-1", ""];
  const properties = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
  const { responses } = await wam.request(silent({ properties }));
  const returned = responses[0]?.properties ?? {};
  assert.equal(Object.getPrototypeOf(returned), Object.prototype);
  assert.deepEqual(Object.keys(returned).sort(), [...names].sort());
  for (const name of names) assert.equal(Object.hasOwn(returned, name) && returned[name], `value of ${name}`);
});

wamTest("what an object only inherits is not sent", {}, async (wam) => {
  const properties = Object.assign(Object.create({ inherited: "no" }) as object, { own: "yes" });
  await wam.request(silent({ properties: properties as Record<string, string> }));
  assert.deepEqual(calls().at(-1)?.["properties"], { own: "yes" });
});
