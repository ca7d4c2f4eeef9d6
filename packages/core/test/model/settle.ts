/** Lets every promise that can settle do so. The model uses neither sockets nor real timers. */
export function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
