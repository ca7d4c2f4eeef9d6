import { describe, expect, test } from "vitest";
import { AuthenticationError } from "../../errors/authentication-error.ts";
import { blobInMemory } from "../../testing/blob-in-memory.ts";
import { serializeAccount } from "../account-record.ts";
import { BlobRecords } from "./blob-records.ts";
import { blobTokenCache } from "./blob-token-cache.ts";
import { parseSignOuts, serializeSignOuts, SIGN_OUTS } from "../sign-out-record.ts";
import type { TokenCacheBlob } from "./token-cache-blob.ts";

const RECORD = { authority: "a", homeAccountId: "h", clientId: "c", tenantId: "t", username: "u" };
const DATA = serializeAccount({ record: RECORD, signedInAt: 1, tokens: {} });
const unreadable = (): Promise<never> =>
  Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail: "cache_unreadable" }));

/** Records over a place that counts what it is asked for, and that a test can break. */
function recordsOver(): {
  records: BlobRecords;
  blob: TokenCacheBlob;
  asked: string[];
  faults: Partial<TokenCacheBlob>;
} {
  const inner = blobInMemory()();
  const asked: string[] = [];
  const faults: Partial<TokenCacheBlob> = {};
  const blob: TokenCacheBlob = {
    read: () => (asked.push("read"), (faults.read ?? inner.read)()),
    write: (data) => (asked.push("write"), (faults.write ?? inner.write)(data)),
    clear: () => inner.clear(),
    withLock: (work, options) => (asked.push("lock"), inner.withLock(work, options)),
  };
  return { records: new BlobRecords(blob), blob, asked, faults };
}

describe("the list of sign-outs, which stands beside the accounts", () => {
  test("is read as it was written, is listed, and goes without them", async () => {
    const { records } = recordsOver();
    expect(await records.read(SIGN_OUTS)).toBeUndefined();
    await records.write("c|a|h", DATA);
    await records.write(SIGN_OUTS, serializeSignOuts({ "c|a|i": 5 }));
    expect(parseSignOuts(await records.read(SIGN_OUTS))).toEqual({ "c|a|i": 5 });
    expect((await records.list()).map(({ key }) => key)).toEqual(["c|a|h", SIGN_OUTS]);
    await records.remove(SIGN_OUTS);
    expect(await records.read(SIGN_OUTS)).toBeUndefined();
    expect((await records.list()).map(({ key }) => key)).toEqual(["c|a|h"]);
    expect(Buffer.from((await records.read("c|a|h"))!).equals(DATA)).toBe(true);
  });
});

describe("what could not be read is not replaced", () => {
  test("by a write in the same access", async () => {
    const { records, faults, asked } = recordsOver();
    await records.write("other", DATA);
    faults.read = unreadable;
    asked.length = 0;
    const access = records.withLock("k", async () => {
      await expect(records.read("k")).rejects.toMatchObject({ detail: "cache_unreadable" });
      delete faults.read;
      await records.write("k", DATA);
    });
    await expect(access).rejects.toMatchObject({ code: "cache", detail: "cache_unwritable" });
    expect(asked).not.toContain("write");
    // The next access is a new one.
    await records.withLock("k", () => records.write("k", DATA));
    expect((await records.list()).map(({ key }) => key)).toEqual(["other", "k"]);
  });

  test.each(["by a write that has read nothing before", "by such a write in its lock"])("%s", async (how) => {
    const { records, faults, asked } = recordsOver();
    await records.write("other", DATA);
    asked.length = 0;
    for (const read of [unreadable, () => Promise.reject(new Error("x"))]) {
      faults.read = read;
      const write = (): Promise<void> => records.write("k", DATA);
      await expect(how.endsWith("lock") ? records.withLock("k", write) : write()).rejects.toThrow("x");
    }
    expect(asked).not.toContain("write");
  });

  test("but a look at another record that failed says nothing of this one", async () => {
    const { records, faults } = recordsOver();
    await records.withLock("k", async () => {
      faults.read = unreadable;
      await expect(records.read("other")).rejects.toThrow("x");
      delete faults.read;
      await records.write("k", DATA);
    });
    expect(await records.read("k")).toBeDefined();
  });

  test("and damage is: it is started anew", async () => {
    const { records, blob } = recordsOver();
    await blob.write(Buffer.from("junk"));
    await records.withLock("k", async () => {
      await expect(records.read("k")).rejects.toMatchObject({ detail: "cache_corrupt" });
      await records.write("k", DATA);
    });
    expect((await records.list()).map(({ key }) => key)).toEqual(["k"]);
  });
});

describe("an access", () => {
  test("reads the content once, takes its lock once, and ends with it", async () => {
    const { records, asked } = recordsOver();
    await records.withLock("k", async () => {
      await records.read("k");
      await records.write("k", DATA);
    });
    expect(asked).toEqual(["lock", "read", "write"]);
    await records.write("k", DATA);
    expect(asked.slice(3)).toEqual(["lock", "read", "write"]);
  });

  test("is not over before what was begun in it is written", async () => {
    const { records, blob } = recordsOver();
    await records.withLock("k", async () => void records.write("k", DATA));
    expect(Buffer.from((await blob.read())!).toString()).toContain('"k"');
  });

  test("rests on what it has written itself", async () => {
    const { records } = recordsOver();
    await records.withLock("k", async () => {
      await records.read("k");
      await records.write("k", DATA);
      await records.remove("k");
    });
    expect(await records.read("k")).toBeUndefined();
  });
});

test("a place that was emptied elsewhere is an empty store", async () => {
  const { records, blob } = recordsOver();
  await records.write("k", DATA);
  await blob.clear();
  expect(await records.list()).toEqual([]);
});

test("to remove what is not there writes nothing", async () => {
  const { records, asked } = recordsOver();
  await records.remove("k");
  await records.remove("signed-out");
  expect(asked).not.toContain("write");
  await records.write("k", DATA);
  asked.length = 0;
  await records.remove("other");
  expect(asked).not.toContain("write");
});

test("the same bytes are given while nothing has changed, so that whoever reads them need not parse them again", async () => {
  const { records } = recordsOver();
  await records.write("k", DATA);
  await records.write(SIGN_OUTS, serializeSignOuts({ x: 5 }));
  for (const key of ["k", SIGN_OUTS]) {
    const bytes = await records.read(key);
    expect(await records.read(key)).toBe(bytes);
  }
});

describe("a token cache over a place", () => {
  test("lets one at a time ask the person, and tells who has to wait", async () => {
    const store = blobTokenCache(blobInMemory()());
    const steps: string[] = [];
    const one = store.withPromptLock!("k", async () => void steps.push("one"));
    const two = store.withPromptLock!("k", async () => void steps.push("two"), {
      onHeld: () => steps.push("held"),
    });
    const left = store.withPromptLock!("k", async () => void steps.push("never"), {
      signal: AbortSignal.abort(),
    });
    await expect(left).rejects.toMatchObject({ name: "AbortError" });
    await Promise.all([one, two]);
    expect(steps).toEqual(["held", "one", "two"]);
  });

  test("hands on what the place warns of, if it does", () => {
    const blob = blobInMemory()();
    expect(blobTokenCache(blob)).not.toHaveProperty("watchWarnings");
    const heard: string[] = [];
    const store = blobTokenCache({
      ...blob,
      watchWarnings: (listener) => {
        listener({ code: "c", message: "m" });
        return () => heard.push("ended");
      },
    });
    store.watchWarnings!(({ code }) => heard.push(code))();
    expect(heard).toEqual(["c", "ended"]);
  });
});
