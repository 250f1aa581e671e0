import {
  deliveredAgain,
  type FaultRow,
  MINUTE_MS,
  quickSightFault,
  quickSightFaultFor,
  quickSightUnresolvedFor,
} from './fault-case';

type Operation = 'StartAssetBundleExportJob' | 'DescribeAssetBundleExportJob';

const error = (operation: Operation, name: string, status: number, times: number) =>
  quickSightFault({ operation, kind: 'error', name, status, times });

/** The faults of any call of QuickSight. */
const rowsOf = (operation: Operation): FaultRow[] => [
  { fault: 'throttled, 20 times', arrange: error(operation, 'ThrottlingException', 429, 20), expected: 'done' },
  {
    fault: 'throttled permanently',
    arrange: error(operation, 'ThrottlingException', 429, Infinity),
    expected: /did not finish within 30 minutes\. Last observation: .*ThrottlingException/,
  },
  { fault: 'HTTP 500, 3 times', arrange: error(operation, 'InternalFailureException', 500, 3), expected: 'done' },
  {
    fault: 'HTTP 503 for 2 minutes',
    arrange: quickSightFaultFor(2 * MINUTE_MS, { operation, kind: 'error', name: 'ServiceUnavailable', status: 503 }),
    expected: 'done',
  },
  {
    fault: 'connection reset, twice',
    arrange: quickSightFault({ operation, kind: 'reset', times: 2 }),
    expected: 'done',
  },
  { fault: 'no response', arrange: quickSightFault({ operation, kind: 'hang' }), expected: 'done' },
  {
    fault: 'response lost after the call took effect',
    arrange: quickSightFault({ operation, kind: 'lostAnswer' }),
    expected: 'done',
  },
  {
    fault: 'truncated response',
    arrange: quickSightFault({ operation, kind: 'cut', afterBytes: 10 }),
    expected: 'done',
  },
  { fault: 'HTML with status 200', arrange: quickSightFault({ operation, kind: 'html' }), expected: 'done' },
  {
    fault: 'access denied for 30 s',
    arrange: quickSightFaultFor(30_000, { operation, kind: 'error', name: 'AccessDeniedException', status: 403 }),
    expected: 'done',
  },
  {
    fault: 'access denied permanently',
    arrange: error(operation, 'AccessDeniedException', 403, Infinity),
    expected: new RegExp(
      `^Access denied: quicksight:${operation} on arn:aws:quicksight:us-east-1:123456789012:asset-bundle-export-job/`,
    ),
  },
  {
    fault: 'account without a subscription',
    arrange: quickSightFault({
      operation,
      kind: 'error',
      name: 'UnsupportedUserEditionException',
      status: 403,
      message: 'Account 123456789012 is not subscribed for QuickSight',
      times: Infinity,
    }),
    expected: /Enterprise edition .*: Account 123456789012 is not subscribed for QuickSight/,
  },
];

export const START_ROWS: readonly FaultRow[] = [
  ...rowsOf('StartAssetBundleExportJob'),
  {
    fault: 'limit of running jobs for 10 minutes',
    arrange: quickSightFaultFor(10 * MINUTE_MS, {
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'LimitExceededException',
      status: 409,
    }),
    expected: 'done',
  },
  {
    fault: 'limit of running jobs permanently',
    arrange: error('StartAssetBundleExportJob', 'LimitExceededException', 409, Infinity),
    expected: /did not finish within 30 minutes\. Last observation: .*LimitExceededException/,
  },
  {
    fault: 'conflict, 3 times',
    arrange: error('StartAssetBundleExportJob', 'ConflictException', 409, 3),
    expected: 'done',
  },
  {
    fault: 'rejected value',
    arrange: quickSightFault({
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'InvalidParameterValueException',
      status: 400,
      message: 'The value is wrong.',
      times: Infinity,
    }),
    expected: /InvalidParameterValueException: The value is wrong\./,
  },
  {
    fault: 'rejected value, control characters in the message',
    arrange: quickSightFault({
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'InvalidParameterValueException',
      status: 400,
      message: 'The value \u001b[31mred\u0000 is wrong.',
      times: Infinity,
    }),
    expected: /InvalidParameterValueException: The value \ufffd\[31mred\ufffd is wrong\.\nLog group: \/aws\/lambda\//,
  },
  { fault: 'host name not resolved for 30 s', arrange: quickSightUnresolvedFor(30_000), expected: 'done' },
  {
    fault: 'host name not resolved permanently',
    arrange: quickSightUnresolvedFor(Infinity),
    expected:
      /^QuickSight has no endpoint in us-east-1: the host name quicksight\.us-east-1\.amazonaws\.com does not resolve/,
  },
  deliveredAgain('before the call', 'before Start'),
  deliveredAgain('after the call', 'after Start'),
];

export const POLL_ROWS: readonly FaultRow[] = [
  {
    fault: 'jobs FAILED with access denied for 60 s',
    arrange: ({ denyJobsUntil, now }) => denyJobsUntil(now() + 60_000),
    expected: 'done',
  },
  {
    fault: 'jobs FAILED with access denied permanently',
    arrange: ({ denyJobsUntil }) => denyJobsUntil(Infinity),
    expected: /FAILED with 1 error .*AccessDeniedException: User is not authorized/s,
  },
  ...rowsOf('DescribeAssetBundleExportJob'),
  deliveredAgain('while the job runs', 'while the job runs'),
  {
    fault: 'job not described for 10 s after its start',
    arrange: quickSightFaultFor(10_000, {
      operation: 'DescribeAssetBundleExportJob',
      kind: 'error',
      name: 'ResourceNotFoundException',
      status: 404,
    }),
    expected: 'done',
  },
  {
    fault: 'job that never ends',
    arrange: ({ standIn }) => {
      standIn.describeOverride = (response) => ({ ...response, JobStatus: 'IN_PROGRESS' });
    },
    expected: /did not finish within 30 minutes\. Last observation: the job is IN_PROGRESS/,
  },
];
