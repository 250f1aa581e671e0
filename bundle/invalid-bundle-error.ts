/** A file that is not a whole bundle. The message names the problem, and the entry that has it. */
export class InvalidBundleError extends Error {}
