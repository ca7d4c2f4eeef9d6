import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "@entrada/emulator";
import { startChild, type Child } from "./child.ts";
import { exactly, type LimitWork } from "./limit.ts";

/** Where tokens, codes and verifiers turn up when everything talks as much as it can. */
export const secrets: LimitWork = {
  name: "secrets",
  async measure() {
    await using emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
    const folder = mkdtempSync(join(tmpdir(), "entrada-limits-"));
    const file = join(folder, "secrets.json");
    using child = startChild({
      program: "talkative",
      emulator,
      arguments: [file],
      environment: { AZURE_LOG_LEVEL: "verbose", NODE_DEBUG: "net,timer,module" },
    });
    const { url } = (await child.next()) as { url: string };
    await emulator.person.openBrowser(url);
    const { userCode, verificationUri } = (await child.next()) as {
      userCode: string;
      verificationUri: string;
    };
    await emulator.person.answerDeviceCode({ userCode, verificationUri });
    // The authority repeats what it was sent in its refusal.
    await child.next();
    const { sentNext } = kept(file);
    emulator.script({
      on: "refresh",
      error: { error: "invalid_grant", description: `AADSTS70000: not ${sentNext}`, aadsts: 70000 },
    });
    child.ask("fail");
    await child.next();
    const { secrets: all } = kept(file);
    const found = placesOf(child).map(([place, text]) =>
      exactly(`of ${all.length} secrets ${place}`, 0, all.filter((secret) => text.includes(secret)).length),
    );
    rmSync(folder, { recursive: true });
    return [exactly("secrets that were looked for, ten and more", 1, Number(all.length >= 10)), ...found];
  },
};

interface Kept {
  readonly secrets: readonly string[];
  /** The refresh token that is sent with the next request. */
  readonly sentNext: string;
}

function kept(file: string): Kept {
  return JSON.parse(readFileSync(file, "utf8")) as Kept;
}

type Place = readonly [place: string, text: string];

function placesOf(child: Child): readonly Place[] {
  const files = readdirSync(child.folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  return [
    ["in the log, events, errors and what is shown of a credential", child.written()],
    [
      "in files and their names",
      files.map((one) => one.name + readFileSync(join(one.parentPath, one.name), "latin1")).join(),
    ],
    ...["cmdline", "environ"].map((name): Place => {
      const path = `/proc/${child.pid}/${name}`;
      return [`in ${name}`, existsSync(path) ? readFileSync(path, "latin1") : ""];
    }),
  ];
}
