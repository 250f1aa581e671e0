import { Logger } from '@aws-lambda-powertools/logger';
import { redact } from './redact';

/** The fields of a log line. This is an allow-list: an event holds the ResponseURL, and a job the DownloadUrl. */
export interface LogFields {
  readonly requestType?: string;
  readonly cloudFormationRequestId?: string;
  readonly stackId?: string;
  readonly logicalResourceId?: string;
  readonly physicalResourceId?: string;
  readonly jobId?: string;
  readonly jobStatus?: string;
  readonly host?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly versionId?: string;
  readonly sizeBytes?: number;
  readonly sha256?: string;
  readonly reason?: string;
  readonly requeueAfterMs?: number;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const redactFields = (fields: LogFields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );

/** A log that adds `fields` to every line. POWERTOOLS_SERVICE_NAME names the service. */
export function logOf(fields: LogFields): Log {
  const logger = new Logger({ persistentKeys: redactFields(fields) });
  return {
    info: (message, more = {}) => logger.info(message, redactFields(more)),
    warn: (message, more = {}) => logger.warn(message, redactFields(more)),
    error: (message, more = {}) => logger.error(message, redactFields(more)),
  };
}

/** Name of this function's log group, as Lambda reports it to the function. */
export const functionLogGroup = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.AWS_LAMBDA_LOG_GROUP_NAME ?? `/aws/lambda/${environment.AWS_LAMBDA_FUNCTION_NAME ?? ''}`;
