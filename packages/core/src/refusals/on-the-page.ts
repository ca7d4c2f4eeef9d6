/** Where a number is explained that only the person has seen: what goes wrong on a page never leads back here. */
export const EXPLAINED_AT =
  "explained at https://github.com/entrada-auth/entrada/blob/main/docs/errors.md#codes-of-entra-aadsts and https://login.microsoftonline.com/error?code=NUMBER";

/** What to do when the person's time was over before there was anything to show. */
export const NOT_ASKED_YET =
  'Nobody was asked yet, since the authority had not answered: look at the network and the proxy, or give it longer by the option "timeoutInMs"';

const again = (start: string): string =>
  `${start} the sign-in again; the option "timeoutInMs" says how long the person may take`;

/** What is left to do when the person's time is over. */
export const AGAIN: string = again("Start");

/** The same, where the page may have shown an error. */
export const ELSE_AGAIN: string = again("Else start");

/** What to do when a device code was not used in time. */
export const CODE_NOT_USED: string = `Start again. An AADSTS number that the page showed is ${EXPLAINED_AT}`;
