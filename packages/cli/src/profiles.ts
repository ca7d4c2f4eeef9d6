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

const TEXT = { form: "a text", fits: (value: unknown) => typeof value === "string" && value !== "" };

/** What a profile may hold: the compiler asks for each new name. */
const FORMS: Readonly<
  Record<keyof Profile, { readonly form: string; readonly fits: (value: unknown) => boolean }>
> = {
  clientId: TEXT,
  tenantId: TEXT,
  authorityHost: TEXT,
  protection: {
    form: '"require" or "prefer"',
    fits: (value) => value === "require" || value === "prefer",
  },
  account: { form: "what login has written, or nothing", fits: isProfile },
};

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

  /**
   * One profile, as far as there is one, for whoever works with it.
   * @throws UsageError for a name or a value in it that means nothing: a person may have written it
   */
  profile(name: string): Profile {
    const profile = this.read()[name] ?? {};
    const place = `The profile ${name} in ${this.file}`;
    for (const [key, value] of Object.entries(profile)) {
      if (!Object.hasOwn(FORMS, key))
        throw new UsageError(`${place} has "${key}", which is not known.${meantBy(key)}`);
      const { form, fits } = FORMS[key as keyof Profile];
      if (!fits(value)) throw new UsageError(`${place} has a wrong "${key}": write ${form}.`);
    }
    return profile;
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
    // An editor of Windows may have put its mark before the text.
    const { profiles } = JSON.parse(text.replace(/^\ufeff/, "")) as { readonly profiles?: unknown };
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

/** What somebody meant who has written an option of the command, or a name with one slip. */
function meantBy(key: string): string {
  const names = Object.keys(FORMS);
  const plain = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();
  const meant = names.find((name) => plain(name) === plain(key) || plain(name).startsWith(plain(key)));
  return meant === undefined ? ` Known are ${names.join(", ")}.` : ` Write "${meant}".`;
}
