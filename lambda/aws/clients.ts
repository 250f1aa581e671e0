import { QuickSightClient } from '@aws-sdk/client-quicksight';
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../core/clock';
import { logOf } from '../core/log';
import { fetchLink } from '../export/download/download';
import type { Dependencies } from '../lifecycle/handlers';
import { artifactStore } from './artifact-store';
import { quickSight } from './quicksight-client';

/** The log group as Lambda names it to the function. */
const logGroup = process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? `/aws/lambda/${process.env.AWS_LAMBDA_FUNCTION_NAME ?? ''}`;

/** A server that says nothing is taken for one that did not answer: the step is repeated. Without the last option, the SDK only warns. */
const patience = (requestTimeout: number) => ({
  connectionTimeout: 3_000,
  requestTimeout,
  throwOnRequestTimeout: true,
});

/** The SDK tells the console where it does not repeat a request by itself: what becomes of that stands in our own lines. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The dependencies of a Lambda function: its clients are made once and kept between invocations. */
export function systemDependencies(): Dependencies {
  // A large body may take longer to send: of that, it is silence that counts.
  const s3 = new S3Client({
    requestHandler: { ...patience(60_000), socketTimeout: 60_000 },
    logger: SILENT,
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const quickSightEndpoint = process.env.AWS_ENDPOINT_URL_QUICKSIGHT;
  return {
    // One try: what repeats a call is the reconcile loop, which knows about time-outs and about jobs that run already.
    quickSight: quickSight(new QuickSightClient({ requestHandler: patience(15_000), maxAttempts: 1 })),
    storeOf: (destination) => artifactStore(s3, destination),
    fetch: fetchLink(s3),
    clock: systemClock,
    logOf,
    logGroup,
    ...(quickSightEndpoint && { quickSightEndpoint }),
  };
}
