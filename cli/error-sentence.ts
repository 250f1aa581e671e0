import { printable } from './printable';

/** The message of any error as one line: what happened, and to which file. */
export function errorSentence(error: unknown): string {
  const { message, code, path } = error as NodeJS.ErrnoException;
  // "ENOENT: no such file or directory, stat 'x'"
  const [, reason] = (code !== undefined && /^[A-Z0-9]+: ([^,]+)/.exec(message)) || [];
  const text = reason !== undefined && path !== undefined ? `${path}: ${reason}` : message || String(error);
  return printable(text.trim().replace(/\s*\n\s*/g, ' '));
}
