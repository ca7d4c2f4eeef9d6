const NAME = "SignedInElsewhere";

/** Why a prompt is ended that nobody needs any more: the person has signed in at another one. */
export function signedInElsewhere(): Error {
  return Object.assign(new Error("The person has signed in elsewhere."), { name: NAME });
}

/** Whether that is why `signal` was aborted. */
export function isSignedInElsewhere(signal: AbortSignal): boolean {
  return (signal.reason as Error | undefined)?.name === NAME;
}
