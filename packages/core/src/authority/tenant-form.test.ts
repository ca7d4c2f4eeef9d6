import { describe, expect, it } from "vitest";
import { isDomainName, isEmptyGuid, isGuid, isTenantId, isTenantWord } from "./tenant-form.ts";

describe("a GUID", () => {
  it.each([
    "11111111-2222-3333-4444-555555555555",
    "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE",
    "00000000-0000-0000-0000-000000000000",
  ])("is %s", (text) => expect(isGuid(text)).toBe(true));

  it.each([
    "x11111111-2222-3333-4444-555555555555",
    "11111111-2222-3333-4444-555555555555x",
    "g1111111-2222-3333-4444-555555555555",
    "11111111-g222-3333-4444-555555555555",
    "11111111-2222-g333-4444-555555555555",
    "11111111-2222-3333-g444-555555555555",
    "11111111-2222-3333-4444-g55555555555",
    "11111111-2222-3333-4444-55555555555",
    "{11111111-2222-3333-4444-555555555555}",
    "11111111222233334444555555555555",
    "",
  ])("is not %o", (text) => expect(isGuid(text)).toBe(false));
});

it("the GUID of nothing is one, and is no tenant", () => {
  expect(isEmptyGuid("00000000-0000-0000-0000-000000000000")).toBe(true);
  expect(isEmptyGuid("00000000-0000-0000-0000-000000000001")).toBe(false);
  expect(isEmptyGuid("")).toBe(false);
  expect(isTenantId("00000000-0000-0000-0000-000000000000")).toBe(false);
  expect(isTenantId("00000000-0000-0000-0000-000000000001")).toBe(true);
});

it.each(["organizations", "common", "consumers", "adfs", "Organizations"])(
  "%s leaves it to the authority",
  (word) => {
    expect(isTenantWord(word)).toBe(true);
    expect(isTenantId(word)).toBe(true);
  },
);

it("a domain name is as long as DNS allows, and no longer", () => {
  const label = "a".repeat(63);
  const longest = `${label}.${label}.${label}.${"b".repeat(61)}`;
  expect(isDomainName(longest)).toBe(true);
  expect(isDomainName(`${longest}b`)).toBe(false);
  expect(isDomainName(`${label}a.test`)).toBe(false);
});
