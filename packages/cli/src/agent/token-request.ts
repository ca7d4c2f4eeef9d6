/** What a program asks the agent for, whichever protocol it speaks. */
export interface TokenRequest {
  readonly scopes: readonly string[];
  /** The audience, as the allow-list names it. */
  readonly resource: string;
  readonly tenantId?: string | undefined;
  readonly claims?: string | undefined;
  /** The managed identity that is asked for by name, where the program does so. */
  readonly identity?: string | undefined;
}

/** A token as the agent hands it out. */
export interface AgentToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}

/** A request that the agent does not answer with a token. */
export class AgentRefusal extends Error {
  override name = "AgentRefusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The resource of scopes such as `https://vault.azure.net/.default`: what stands before the last part. */
export function resourceOf(scope: string): string {
  let end = scope.lastIndexOf("/");
  if (end === scope.length - 1) return "";
  while (scope[end - 1] === "/") end -= 1;
  return scope.slice(0, Math.max(end, 0));
}

/** A resource without the slash that some programs end it with. */
export function plainResource(resource: string): string {
  return resource.replace(/\/$/, "").toLowerCase();
}
