import type { Socket } from "node:net";

/**
 * Keeps the browser's way in free: over the limit the oldest connection that asks for nothing is closed, else the
 * oldest of the rest. A protected connection (the one that carried the answer) is never closed.
 */
export class ConnectionLimit {
  readonly #limit: number;
  // A Set remembers the order of arrival.
  readonly #open = new Set<Socket>();
  readonly #busy = new WeakSet<Socket>();
  readonly #protected = new WeakSet<Socket>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  admit(socket: Socket): void {
    this.#open.add(socket);
    socket.once("close", () => this.#open.delete(socket));
    if (this.#open.size > this.#limit) this.#leastWanted(socket).destroy();
  }

  /** A whole request head has come on this connection. False when it is not the first one. */
  claim(socket: Socket): boolean {
    const first = !this.#busy.has(socket);
    this.#busy.add(socket);
    return first;
  }

  protect(socket: Socket): void {
    this.#protected.add(socket);
  }

  closeAll(): void {
    for (const socket of this.#open) socket.destroy();
  }

  // The newcomer stays: it may be the browser.
  #leastWanted(newcomer: Socket): Socket {
    const others = [...this.#open].filter((socket) => socket !== newcomer && !this.#protected.has(socket));
    return others.find((socket) => !this.#busy.has(socket)) ?? others[0] ?? newcomer;
  }
}
