import type { Log, LogFields } from '../lambda/core/log';

export interface LogLine extends LogFields {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** A log that appends its lines to `lines`, each with the fields `always`. */
export function recordedLog(lines: LogLine[], always: LogFields = {}): Log {
  const record =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, ...always, ...fields });
    };
  return { info: record('info'), warn: record('warn'), error: record('error') };
}
