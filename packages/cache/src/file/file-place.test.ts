import { mkdir, stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { lockFor } from "../lock/lock-for.ts";
import { cachePath } from "./cache-path.ts";
import { FilePlace } from "./file-place.ts";

test.runIf(process.platform === "linux")(
  "the lock of a prompt is one account's, and called the same by all versions (Linux only)",
  async () => {
    const path = cachePath("test", await temporaryFolder(), () => "");
    await mkdir(path.directory, { recursive: true });
    const place = await new FilePlace({ path: () => path, warn: () => {} }).changes();
    const status = await stat(path.directory, { bigint: true });
    const earlier = lockFor(path.directory, status, "test.cache.prompt-41916db002b78108");
    const held = await earlier.tryAcquire();
    expect(await (await place.promptLock("client|authority|person")).tryAcquire()).toBeUndefined();
    const other = await (await place.promptLock("another")).tryAcquire();
    const whole = await (await place.lock()).tryAcquire();
    for (const free of [other, whole, held]) {
      expect(free).toBeDefined();
      await free!.release();
    }
  },
);
