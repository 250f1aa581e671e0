/**
 * A bundle that exceeds a limit of the reader. The message has the part, its size, the limit and the remedy. The same bundle
 * exceeds it every time.
 */
export class BundleLimitError extends Error {}
