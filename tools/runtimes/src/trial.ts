import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Runtime } from "./runtimes.ts";
import { TalkingProcess } from "./talking-process.ts";

/** Where an emulator is that runs in a runtime. */
export interface Authority {
  readonly host: string;
  readonly tenant: string;
  readonly username: string;
  readonly certificate: string;
}

/** What came of a sign-in. */
export interface Outcome {
  readonly signedIn?: string;
  readonly renewed?: boolean;
  readonly failed?: { readonly code?: string; readonly detail?: string; readonly message: string };
}

/** The project in which the packages are installed, and what its programs share. */
export interface Surroundings {
  readonly folder: string;
  /** Where the key of the caches is. */
  readonly key: Readonly<Record<string, string>>;
}

/** A runtime with an emulator of its own, which goes on until the trial is over. */
export class Trial implements AsyncDisposable {
  readonly runtime: Runtime;
  readonly #surroundings: Surroundings;
  readonly #emulator: TalkingProcess;
  readonly #authority: Authority;

  static async begin(runtime: Runtime, surroundings: Surroundings): Promise<Trial> {
    const emulator = new TalkingProcess([...runtime.command, "authority.mjs"], {
      cwd: surroundings.folder,
      environment: environmentIn(surroundings),
    });
    return new Trial(runtime, surroundings, emulator, await emulator.next<Authority>());
  }

  private constructor(
    runtime: Runtime,
    around: Surroundings,
    emulator: TalkingProcess,
    authority: Authority,
  ) {
    this.runtime = runtime;
    this.#surroundings = around;
    this.#emulator = emulator;
    this.#authority = authority;
    writeFileSync(join(around.folder, this.#certificates), authority.certificate);
  }

  /** The name of the cache that this runtime writes. */
  get cache(): string {
    return this.runtime.name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-");
  }

  get username(): string {
    return this.#authority.username;
  }

  /** Runs the sign-in at this runtime's emulator, whose person answers. `command`: in which runtime, if in another. */
  async signIn(
    args: readonly [way: string, ...string[]],
    command: Runtime["command"] = this.runtime.command,
  ): Promise<Outcome> {
    await using program = this.start(["sign-in.mjs", ...args], command);
    while (true) {
      const said = await program.next<Outcome & { readonly url?: string; readonly code?: object }>();
      if (said.url === undefined && said.code === undefined) return said;
      this.#emulator.tell(said);
    }
  }

  /** Starts another of the programs. */
  start(
    args: readonly [program: string, ...string[]],
    command: Runtime["command"] = this.runtime.command,
  ): TalkingProcess {
    const { host, tenant } = this.#authority;
    return new TalkingProcess([...command, ...args], {
      cwd: this.#surroundings.folder,
      environment: {
        ...environmentIn(this.#surroundings),
        ...this.#surroundings.key,
        AUTHORITY: host,
        TENANT: tenant,
        CACHES: join(this.#surroundings.folder, "caches"),
        NODE_EXTRA_CA_CERTS: this.#certificates,
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#emulator[Symbol.asyncDispose]();
  }

  get #certificates(): string {
    return `${this.cache}.pem`;
  }
}

function environmentIn({ folder }: Surroundings): Readonly<Record<string, string | undefined>> {
  const { PATH, DBUS_SESSION_BUS_ADDRESS } = process.env;
  return { PATH, DBUS_SESSION_BUS_ADDRESS, HOME: folder, NO_COLOR: "1" };
}
