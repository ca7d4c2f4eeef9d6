/** Whom to look for. */
export interface SoughtAccount {
  /** `<uid>.<utid>`: what decides. */
  readonly homeAccountId: string;
  readonly username?: string | undefined;
  /** The broker's own id of it, if it was met before. */
  readonly webAccountId?: string | undefined;
}
