/**
 * The result of a call that answers by a callback. The promises of node:fs take more than a millisecond to load, which
 * every process that has a token in its cache would wait for.
 */
export function byCallback<T>(
  call: (done: (error: NodeJS.ErrnoException | null, result: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
