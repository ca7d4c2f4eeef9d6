/** The part of a stream that is written to. */
export type PersonStream = Pick<NodeJS.WritableStream, "write" | "on" | "removeListener">;

/**
 * Writes a text that a person is to read, to standard error unless another stream is given. A closed pipe, a full
 * device and a descriptor that is not open end no program: without a listener of its own Node would end it, in a later
 * turn, where nobody can catch that.
 * @returns whether it was written; it never rejects
 */
export function writeToPerson(text: string, stream?: PersonStream): Promise<boolean> {
  return new Promise((resolve) => {
    let written: PersonStream;
    const failed = (): void => {
      written.removeListener("error", failed);
      resolve(false);
    };
    try {
      // Opened by Node at its first use, which may fail, too.
      written = stream ?? process.stderr;
      written.on("error", failed);
      // A failed write is told to its callback first and to the listeners after that: the listener stays for it.
      written.write(text, (error) => {
        if (error) return resolve(false);
        written.removeListener("error", failed);
        resolve(true);
      });
    } catch {
      resolve(false);
    }
  });
}
