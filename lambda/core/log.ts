import { Logger } from '@aws-lambda-powertools/logger';
import { redact } from './errors';

/** The fields that a line may have: an allow-list, because an event holds the ResponseURL, and a job the DownloadUrl. */
export interface LogFields {
  readonly requestType?: string;
  readonly cloudFormationRequestId?: string;
  readonly stackId?: string;
  readonly logicalResourceId?: string;
  readonly physicalResourceId?: string;
  readonly jobId?: string;
  readonly jobStatus?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly versionId?: string;
  readonly sizeBytes?: number;
  readonly sha256?: string;
  readonly waitingFor?: string;
  readonly milliseconds?: number;
  readonly reason?: string;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const safe = (fields: LogFields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );

/** A log whose every line carries `fields`. */
export function logOf(fields: LogFields): Log {
  const logger = new Logger({ serviceName: 'quicksight-asset-bundle-export', persistentKeys: safe(fields) });
  return {
    info: (message, more = {}) => logger.info(message, safe(more)),
    warn: (message, more = {}) => logger.warn(message, safe(more)),
    error: (message, more = {}) => logger.error(message, safe(more)),
  };
}
