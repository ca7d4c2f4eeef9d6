import { ELSE_AGAIN, EXPLAINED_AT, whatOf, type AuthenticationError } from "@entrada/core/flow";
import { PARENT_WINDOW_OPTION } from "./parent-window.ts";

/** What has stood between a person and the broker's dialog: told when the person's time is over. */
export class DialogTrouble {
  readonly #warnings: string[] = [];
  #refused: string | undefined;
  #unshown: string | undefined = "Another sign-in dialog of this process was open, so this one was not shown";

  /** The turn has come, and the application is asked for its window. */
  inTurn(): void {
    this.#unshown = `The function "${PARENT_WINDOW_OPTION}" has not answered, so the dialog was not shown`;
  }

  /** The broker is asked to show the dialog. */
  asked(): void {
    this.#unshown = undefined;
  }

  /** A sentence of ours about the dialog's window. */
  warned(message: string): void {
    this.#warnings.push(message.replace(/\.$/, ""));
  }

  /** One way to ask was refused, and another is tried. */
  refused(error: AuthenticationError): void {
    this.#refused = `One way to ask was refused before: ${whatOf(error)}`;
  }

  /** What to do about the time that is over. */
  get hint(): string {
    const shown = [...this.#warnings, ...(this.#refused === undefined ? [] : [this.#refused]), ON_THE_DIALOG];
    return [...(this.#unshown === undefined ? shown : [this.#unshown]), ELSE_AGAIN].join(". ");
  }
}

const ON_THE_DIALOG =
  "If the dialog showed an error, it cannot tell this program: an AADSTS number on it is " + EXPLAINED_AT;
