import type { Clock } from "@entrada/core/flow";
import { withinTime } from "@entrada/core/flow";
import { BUS, BusError, SessionBus, sessionBusPaths } from "@entrada/core/dbus";
import { thisMachine } from "../availability/broker-surroundings.ts";
import { missingHere } from "../availability/find-broker.ts";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import {
  BROKER_INTERFACE,
  BROKER_NAME,
  BROKER_PATH,
  LIMITS,
  LONGEST_ANSWER,
  type BrokerMethod,
} from "./broker-service.ts";

export interface BrokerConnectionOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** The broker, as long as it is there: the bus, and who owns the name on it. */
interface Met {
  readonly bus: SessionBus;
  /** The unique name: whoever else takes the well-known one later is not asked. */
  readonly owner: string;
}

const never = new AbortController().signal;

/** The way to the broker: found, started and checked on first use; closed when it has been idle. */
export class BrokerConnection {
  readonly #options: BrokerConnectionOptions;
  #met: Promise<Met> | undefined;
  #calls = 0;
  #idle: { cancel(): void } | undefined;

  constructor(options: BrokerConnectionOptions) {
    this.#options = options;
  }

  /** @throws CredentialUnavailableError, or BusError as the bus or the broker answered */
  async call(method: BrokerMethod, texts: readonly string[], signal: AbortSignal): Promise<string> {
    this.#calls += 1;
    this.#idle?.cancel();
    try {
      const { bus, owner } = await this.#broker();
      const answer = await bus.call(
        {
          destination: owner,
          path: BROKER_PATH,
          interface: BROKER_INTERFACE,
          member: method,
          signature: "sss",
          values: texts,
          returns: "s",
        },
        signal,
      );
      return answer[0] as string;
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0) this.#idle = this.#options.clock.after(LIMITS.idle, () => this.close());
    }
  }

  /** Looks whether the broker is there, and starts it if need be. @throws as `call` */
  async open(): Promise<void> {
    await this.#broker();
  }

  close(): void {
    const met = this.#met;
    this.#met = undefined;
    this.#idle?.cancel();
    met?.then(({ bus }) => bus.close()).catch(() => {});
  }

  async #broker(): Promise<Met> {
    const met = await (this.#met ??= this.#meet().catch((error: unknown) => {
      // A package may be installed, a session started: the next call looks anew.
      this.#met = undefined;
      throw error;
    }));
    if (met.bus.isOpen) return met;
    this.#met = undefined;
    return this.#broker();
  }

  async #meet(): Promise<Met> {
    const bus = await this.#connect();
    bus.unref();
    try {
      let owner = "";
      let last: string | undefined;
      // An owner that vanishes ends the calls under way.
      await bus.watchOwner(BROKER_NAME, (now) => {
        last = now;
        if (owner !== "" && now !== owner) bus.close();
      });
      await this.#start(bus);
      owner = await this.#ownerOf(bus);
      // Gone between the answer and here: whoever calls finds the connection closed, and looks anew.
      if (last !== undefined && last !== owner) bus.close();
      return { bus, owner };
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  async #connect(): Promise<SessionBus> {
    let cause: unknown;
    for (const path of sessionBusPaths(this.#options.env)) {
      try {
        return await this.#within(LIMITS.connect, (signal) => connected(path, signal));
      } catch (error) {
        cause = error; // the next address may be right
      }
    }
    throw brokerUnavailable({ detail: "no_session_bus", cause });
  }

  /** Asks without starting anything, first: most machines have no broker. */
  async #start(bus: SessionBus): Promise<void> {
    const ask = (member: string, signature: string, values: readonly (string | number)[], ms: number) =>
      this.#within(ms, (signal) => bus.call({ ...BUS, member, signature, values }, signal));
    const [isOwned] = await ask("NameHasOwner", "s", [BROKER_NAME], LIMITS.probe);
    if (isOwned === true) return;
    const [names] = await ask("ListActivatableNames", "", [], LIMITS.probe);
    if (!Array.isArray(names) || !names.includes(BROKER_NAME)) {
      throw brokerUnavailable({ detail: missingHere({ ...thisMachine, env: this.#options.env }) });
    }
    try {
      await ask("StartServiceByName", "su", [BROKER_NAME, 0], LIMITS.start);
    } catch (error) {
      if (error instanceof BusError && error.busName !== undefined) throw error;
      throw brokerUnavailable({ detail: "broker_not_starting", cause: error });
    }
  }

  /** Who answers for the broker. Any program of this user could; one of another user must not. */
  async #ownerOf(bus: SessionBus): Promise<string> {
    const ask = (member: string, name: string) =>
      this.#within(LIMITS.probe, (signal) =>
        bus.call({ ...BUS, member, signature: "s", values: [name] }, signal),
      );
    const [owner] = await ask("GetNameOwner", BROKER_NAME);
    if (typeof owner !== "string") throw new BusError("The bus does not say who owns the broker's name");
    const [user] = await ask("GetConnectionUnixUser", owner);
    if (user !== process.geteuid?.()) throw brokerUnavailable({ detail: "broker_of_another_user" });
    return owner;
  }

  #within<T>(limitInMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const tooLate = (): Error => new BusError("The bus did not answer", NO_REPLY);
    return withinTime({ clock: this.#options.clock, limitInMs, signal: never, tooLate }, work);
  }
}

/** What the bus itself says when a call ends without an answer. */
export const NO_REPLY = "org.freedesktop.DBus.Error.NoReply";

async function connected(path: string, signal: AbortSignal): Promise<SessionBus> {
  // The signal ends when the connection stands: it is for the way there.
  const way = new AbortController();
  const leave = (): void => way.abort();
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await SessionBus.connect(path, { signal: way.signal, longestMessage: LONGEST_ANSWER });
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
