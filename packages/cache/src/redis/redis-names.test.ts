import { expect, test } from "vitest";
import { redisNames } from "./redis-names.ts";

test("all keys of a cache lie on one server of a cluster, and keep their names for good", () => {
  const { record, lease, corrupt, before, ...names } = redisNames("mine");
  const all = { ...names, record: record("r"), lease: lease("r"), corrupt: corrupt("r"), before };
  expect(all).toEqual({
    start: "entrada:{mine}:",
    head: "entrada:{mine}:head",
    index: "entrada:{mine}:index",
    records: "entrada:{mine}:record:",
    record: "entrada:{mine}:record:r",
    lease: "entrada:{mine}:lease:r",
    corrupt: "entrada:{mine}:corrupt:r",
    before: {
      content: "entrada:{mine}:content",
      lease: "entrada:{mine}:lease",
      corrupt: "entrada:{mine}:corrupt",
    },
  });
});
