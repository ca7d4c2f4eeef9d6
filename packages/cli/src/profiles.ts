import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AuthenticationRecord } from "@entrada/core";
import { configurationFolder } from "./configuration-folder.ts";
import { UsageError } from "./usage-error.ts";

/** How one sign-in is made. All but `account` a person may write. */
export interface Profile {
  readonly clientId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly authorityHost?: string | undefined;
  /** "prefer": tokens are stored without encryption where there is no keyring. */
  readonly protection?: "require" | "prefer" | undefined;
  /** Who signed in last. It holds no token. */
  readonly account?: AuthenticationRecord | undefined;
}

/** The named profiles of this person, in one readable file. */
export class Profiles {
  readonly file: string;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.file = join(configurationFolder(env), "profiles.json");
  }

  /** @throws UsageError where the file is not what it should be */
  read(): Readonly<Record<string, Profile>> {
    let text: string;
    try {
      text = readFileSync(this.file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
      throw new UsageError(`${this.file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
    return profilesIn(text, this.file);
  }

  /** Whole or not at all: another process may read at any time. */
  write(name: string, profile: Profile): void {
    const text = JSON.stringify({ profiles: { ...this.read(), [name]: profile } }, undefined, 2);
    const temporary = `${this.file}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, `${text}\n`, { mode: 0o600 });
      renameSync(temporary, this.file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(
        `${this.file} cannot be written (${code}). Set ENTRADA_CONFIG_DIR to another folder.`,
      );
    }
  }
}

function profilesIn(text: string, file: string): Readonly<Record<string, Profile>> {
  try {
    const { profiles } = JSON.parse(text) as { readonly profiles?: unknown };
    if (typeof profiles === "object" && profiles !== null && Object.values(profiles).every(isProfile)) {
      return profiles as Readonly<Record<string, Profile>>;
    }
  } catch {
    // told below
  }
  throw new UsageError(`${file} is not a file of profiles. Mend it, or move it away and sign in again.`);
}

function isProfile(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
