/** An error of the input, which the user can correct. The message is one sentence for the terminal. */
export class CommandError extends Error {}
