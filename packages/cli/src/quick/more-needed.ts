let needed = false;

/** Stands in the bundle for each part that asks a person or the network, or that writes. */
export function needMore(): never {
  needed = true;
  throw new Error("More is needed than a look at what is stored.");
}

/** Whether such a part was asked for, also by work that nobody waits for. */
export function isMoreNeeded(): boolean {
  return needed;
}
