import { QuickSightClient } from '@aws-sdk/client-quicksight';
import { S3Client } from '@aws-sdk/client-s3';

/**
 * A server that sends nothing counts as one that did not answer. Otherwise the SDK only warns. The clients make one attempt:
 * the engine retries the step, because it has the deadline and observes what exists already.
 */
const timeouts = (requestTimeout: number) => ({
  connectionTimeout: 3_000,
  requestTimeout,
  throwOnRequestTimeout: true,
});

/** Silences SDK console warnings about requests that it will not retry. Our own log records the outcome. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function s3Client(): S3Client {
  return new S3Client({
    // The transfer of a large body may take longer than a request. Only silence counts.
    requestHandler: { ...timeouts(15_000), socketTimeout: 60_000 },
    maxAttempts: 1,
    logger: SILENT,
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

export function quickSightClient(): QuickSightClient {
  return new QuickSightClient({ requestHandler: timeouts(15_000), maxAttempts: 1, logger: SILENT });
}
