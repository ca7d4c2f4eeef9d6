/**
 * How the browser's answer comes back: to a port of this machine, or by a person who copies the address at which the
 * browser has ended to the terminal.
 */
export type AnswerBy = "loopback" | "paste";
