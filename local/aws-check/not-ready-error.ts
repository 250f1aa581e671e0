/** The command cannot start. The message has what it needs. Nothing was created. */
export class NotReadyError extends Error {}
