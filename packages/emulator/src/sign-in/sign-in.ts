import type { Authority } from "../directory/directory.ts";
import type { EmulatorAccount, EmulatorApplication, EmulatorTenant } from "../directory/directory-types.ts";
import type { EntraError } from "../refusals/entra-error.ts";
import type { SignInSession } from "../tokens/grants.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** A person at the sign-in page, from the first page to the last. */
export interface SignIn {
  readonly application: EmulatorApplication;
  readonly authority: Authority;
  /** The tenant segment of the request: the pages stay under it. */
  readonly segment: string;
  readonly scope: string;
  readonly claims: string | undefined;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  readonly flow: SignInSession["flow"];
  /** Where the last form goes, for the pages' Content-Security-Policy; none for the emulator itself. */
  readonly formTarget: string | undefined;
  /** What the person has done so far. */
  account?: EmulatorAccount;
  confirmed?: boolean;
  consented?: boolean;
  /** Why it cannot go on. */
  refusal?: EntraError;
  /** The person is through: hands over what was asked for. */
  complete(session: SignInSession, tenant: EmulatorTenant, request: EmulatorRequest): Reply;
  /** The person declined, or may not: tells the application. */
  refuse(error: EntraError, request: EmulatorRequest): Reply;
}
