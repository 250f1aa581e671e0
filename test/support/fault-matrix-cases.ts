import type { IncomingMessage } from 'node:http';
import type { Fault, QuickSightStandIn } from '../../local/quicksight';
import type { FaultyProxy, StoreFault } from '../../testing/fault-proxy';
import type { CrashPoint } from './crash-at';

export type Request = 'Create' | 'Update' | 'Rollback' | 'Delete';

export interface Scene {
  readonly standIn: QuickSightStandIn;
  readonly proxy: FaultyProxy;
  readonly now: () => number;
}

export interface Cell {
  readonly request: Request;
  readonly step: 'start' | 'poll' | 'copy' | 'copy of 5 MB' | 'manifest' | 'answer' | 'look' | 'remove';
  readonly fault: string;
  readonly arrange?: (scene: Scene) => void;
  readonly death?: CrashPoint;
  /** `done`, or the failure that the stack's events show. */
  readonly expected: 'done' | RegExp;
}

const MINUTE = 60_000;

/** A fault of QuickSight that stays for a number of requests. */
const quickSight =
  (fault: Fault) =>
  ({ standIn }: Scene): void => {
    standIn.faults.add(fault);
  };

/** … or for a time of the scene's clock. */
const quickSightFor =
  (milliseconds: number, fault: Fault) =>
  ({ standIn, now }: Scene): void => {
    const until = now() + milliseconds;
    standIn.faults.add({ ...fault, times: Infinity, when: () => now() < until });
  };

const store =
  (fault: StoreFault, when: (request: IncomingMessage) => boolean, times = 1) =>
  ({ proxy }: Scene): void =>
    proxy.add(fault, { when, times });

const storeFor =
  (milliseconds: number, fault: StoreFault, when: (request: IncomingMessage) => boolean) =>
  ({ proxy, now }: Scene): void => {
    const until = now() + milliseconds;
    proxy.add(fault, { when: (request) => now() < until && when(request), times: Infinity });
  };

const path = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? '';
const isManifest = (request: IncomingMessage): boolean => path(request).endsWith('.manifest.json');
const isPutOfArtifact = (request: IncomingMessage): boolean =>
  request.method === 'PUT' && path(request).endsWith('.qs');
const isReadOfArtifact = (request: IncomingMessage): boolean =>
  request.method === 'GET' && path(request).endsWith('.qs');
const isPutOfManifest = (request: IncomingMessage): boolean => request.method === 'PUT' && isManifest(request);
const isReadOfManifest = (request: IncomingMessage): boolean => request.method === 'GET' && isManifest(request);
const isDelete = (request: IncomingMessage): boolean => request.method === 'DELETE';
const isList = (request: IncomingMessage): boolean =>
  request.method === 'GET' && /\?(.*&)?versions/.test(request.url ?? '');

type Row = Omit<Cell, 'request' | 'step'>;

/** What one call of QuickSight may meet. */
function quickSightRows(operation: 'StartAssetBundleExportJob' | 'DescribeAssetBundleExportJob'): Row[] {
  const action = new RegExp(
    `^Access denied: quicksight:${operation} on arn:aws:quicksight:us-east-1:123456789012:asset-bundle-export-job/`,
  );
  return [
    {
      fault: 'throttled, 20 times',
      arrange: quickSight({ operation, kind: 'error', name: 'ThrottlingException', status: 429, times: 20 }),
      expected: 'done',
    },
    {
      fault: 'throttled for good',
      arrange: quickSight({ operation, kind: 'error', name: 'ThrottlingException', status: 429, times: Infinity }),
      expected: /did not finish within 30 minutes\. Last observation: .*ThrottlingException/,
    },
    {
      fault: '500, 3 times',
      arrange: quickSight({ operation, kind: 'error', name: 'InternalFailureException', status: 500, times: 3 }),
      expected: 'done',
    },
    {
      fault: '503 for 2 minutes',
      arrange: quickSightFor(2 * MINUTE, { operation, kind: 'error', name: 'ServiceUnavailable', status: 503 }),
      expected: 'done',
    },
    { fault: 'connection reset, twice', arrange: quickSight({ operation, kind: 'reset', times: 2 }), expected: 'done' },
    { fault: 'no answer', arrange: quickSight({ operation, kind: 'hang' }), expected: 'done' },
    {
      fault: 'answer lost after the call took effect',
      arrange: quickSight({ operation, kind: 'lostAnswer' }),
      expected: 'done',
    },
    { fault: 'answer cut short', arrange: quickSight({ operation, kind: 'cut', afterBytes: 10 }), expected: 'done' },
    { fault: 'HTML with status 200', arrange: quickSight({ operation, kind: 'html' }), expected: 'done' },
    {
      fault: 'access denied for 30 s',
      arrange: quickSightFor(MINUTE / 2, { operation, kind: 'error', name: 'AccessDeniedException', status: 403 }),
      expected: 'done',
    },
    {
      fault: 'access denied for good',
      arrange: quickSight({ operation, kind: 'error', name: 'AccessDeniedException', status: 403, times: Infinity }),
      expected: action,
    },
    {
      fault: 'another edition',
      arrange: quickSight({
        operation,
        kind: 'error',
        name: 'UnsupportedUserEditionException',
        status: 403,
        times: Infinity,
      }),
      expected: /Enterprise edition/,
    },
  ];
}

const START: Row[] = [
  ...quickSightRows('StartAssetBundleExportJob'),
  {
    fault: 'limit of running jobs for 10 minutes',
    arrange: quickSightFor(10 * MINUTE, {
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'LimitExceededException',
      status: 409,
    }),
    expected: 'done',
  },
  {
    fault: 'limit of running jobs for good',
    arrange: quickSight({
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'LimitExceededException',
      status: 409,
      times: Infinity,
    }),
    expected: /did not finish within 30 minutes\. Last observation: .*LimitExceededException/,
  },
  {
    fault: 'conflict, 3 times',
    arrange: quickSight({
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'ConflictException',
      status: 409,
      times: 3,
    }),
    expected: 'done',
  },
  {
    fault: 'a value that is refused',
    arrange: quickSight({
      operation: 'StartAssetBundleExportJob',
      kind: 'error',
      name: 'InvalidParameterValueException',
      status: 400,
      message: 'The value is wrong.',
      times: Infinity,
    }),
    expected: /InvalidParameterValueException: The value is wrong\./,
  },
  { fault: 'function stopped before the call', death: 'before Start', expected: 'done' },
  { fault: 'function stopped after the call', death: 'after Start', expected: 'done' },
];

const POLL: Row[] = [
  ...quickSightRows('DescribeAssetBundleExportJob'),
  { fault: 'function stopped', death: 'after Describe', expected: 'done' },
  {
    fault: 'job not described for 10 s after its start',
    arrange: quickSightFor(10_000, {
      operation: 'DescribeAssetBundleExportJob',
      kind: 'error',
      name: 'ResourceNotFoundException',
      status: 404,
    }),
    expected: 'done',
  },
  {
    fault: 'out of time',
    arrange: ({ standIn }) => {
      standIn.describeOverride = (answer) => ({ ...answer, JobStatus: 'IN_PROGRESS' });
    },
    expected: /did not finish within 30 minutes\. Last observation: the job is IN_PROGRESS/,
  },
];

const download = (fault: Fault): Cell['arrange'] => quickSight({ ...fault, operation: 'Download' });

const COPY: Row[] = [
  { fault: 'link expired', arrange: download({ kind: 'expired' }), expected: 'done' },
  { fault: 'link expired, 6 times', arrange: download({ kind: 'expired', times: 6 }), expected: 'done' },
  {
    fault: 'throttled (SlowDown), 5 times',
    arrange: download({ kind: 'error', name: 'SlowDown', status: 503, times: 5 }),
    expected: 'done',
  },
  { fault: '500', arrange: download({ kind: 'error', name: 'InternalError', status: 500 }), expected: 'done' },
  { fault: 'connection reset', arrange: download({ kind: 'reset' }), expected: 'done' },
  { fault: 'no answer', arrange: download({ kind: 'hang' }), expected: 'done' },
  { fault: 'body cut short, twice', arrange: download({ kind: 'cut', afterBytes: 1000, times: 2 }), expected: 'done' },
  {
    fault: 'body cut short, ranges not allowed',
    arrange: (scene) => {
      download({ kind: 'noRanges', times: Infinity })?.(scene);
      download({ kind: 'cut', afterBytes: 1000 })?.(scene);
    },
    expected: 'done',
  },
  {
    fault: 'body cut short, Content-Length that of the cut',
    arrange: download({ kind: 'cut', afterBytes: 1000, honestLength: true }),
    expected: 'done',
  },
  {
    fault: 'body cut short, then other bytes',
    arrange: (scene) => {
      download({ kind: 'cut', afterBytes: 1000 })?.(scene);
      download({ kind: 'changed', content: (right) => right })?.(scene);
    },
    expected: 'done',
  },
  { fault: 'no Content-Length', arrange: download({ kind: 'noContentLength', times: Infinity }), expected: 'done' },
  { fault: 'error page of S3 with status 200', arrange: download({ kind: 's3ErrorPage' }), expected: 'done' },
  { fault: 'HTML with status 200', arrange: download({ kind: 'html' }), expected: 'done' },
  {
    fault: 'HTML with status 200 for good',
    arrange: download({ kind: 'html', times: Infinity }),
    expected: /is no QUICKSIGHT_JSON bundle: it is neither a zip nor JSON, but begins with "<!DOCTYPE html>/,
  },
  { fault: 'wrong zip', arrange: download({ kind: 'wrongBytes' }), expected: 'done' },
  {
    fault: 'wrong zip for good',
    arrange: download({ kind: 'wrongBytes', times: Infinity }),
    expected: /is no QUICKSIGHT_JSON bundle: as a zip file it cannot be read/,
  },
  {
    fault: 'access denied for 5 minutes',
    arrange: quickSightFor(5 * MINUTE, { operation: 'Download', kind: 'error', name: 'AccessDenied', status: 403 }),
    expected: 'done',
  },
  {
    fault: 'access denied for good',
    arrange: download({ kind: 'error', name: 'AccessDenied', status: 403, times: Infinity }),
    expected: /did not finish within 30 minutes\. Last observation: .*broke off after 0 of/,
  },
  {
    fault: 'redirect',
    arrange: download({ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere', times: Infinity }),
    expected: /no redirect is followed/,
  },
  {
    fault: 'link to elsewhere',
    arrange: ({ standIn }) => {
      standIn.describeOverride = (answer) =>
        answer.DownloadUrl ? { ...answer, DownloadUrl: 'https://example.com/x?X-Amz-Signature=secret' } : answer;
    },
    expected: /points to https:\/\/example\.com; it is followed only/,
  },
  { fault: 'function stopped in the download', death: 'in the download', expected: 'done' },
  { fault: 'function stopped before the artifact is written', death: 'before the artifact', expected: 'done' },
  { fault: 'function stopped after the artifact was written', death: 'after the artifact', expected: 'done' },
  ...storeRows(isPutOfArtifact, 's3:PutObject'),
  {
    fault: 'artifact not readable for 30 s',
    arrange: storeFor(MINUTE / 2, { kind: 'error', status: 503, code: 'SlowDown' }, isReadOfArtifact),
    expected: 'done',
  },
  {
    fault: 'key that KMS refuses',
    arrange: store(
      { kind: 'error', status: 400, code: 'KMS.DisabledException', message: 'the key is disabled.' },
      isPutOfArtifact,
      Infinity,
    ),
    expected: /KMS refused the key .*KMS\.DisabledException/,
  },
];

/** What is streamed from one server to the other meets the faults of both at once. */
const LARGE_COPY: Row[] = [
  {
    fault: 'body cut short, twice',
    arrange: download({ kind: 'cut', afterBytes: 2_000_000, times: 2 }),
    expected: 'done',
  },
  {
    fault: 'body cut short, ranges not allowed',
    arrange: (scene) => {
      download({ kind: 'noRanges', times: Infinity })?.(scene);
      download({ kind: 'cut', afterBytes: 2_000_000 })?.(scene);
    },
    expected: 'done',
  },
  {
    fault: 'body cut short, then other bytes',
    arrange: (scene) => {
      download({ kind: 'cut', afterBytes: 2_000_000 })?.(scene);
      download({ kind: 'changed', content: (right) => right })?.(scene);
    },
    expected: 'done',
  },
  { fault: 'no Content-Length', arrange: download({ kind: 'noContentLength', times: Infinity }), expected: 'done' },
  {
    fault: 'wrong zip for good',
    arrange: download({ kind: 'wrongBytes', times: Infinity }),
    expected: /is no QUICKSIGHT_JSON bundle: as a zip file it cannot be read/,
  },
  ...storeRows(isPutOfArtifact, 's3:PutObject'),
];

/** What a write to the object store may meet. */
function storeRows(when: (request: IncomingMessage) => boolean, action: string): Row[] {
  return [
    {
      fault: 'object store is busy (SlowDown), 6 times',
      arrange: store({ kind: 'error', status: 503, code: 'SlowDown' }, when, 6),
      expected: 'done',
    },
    {
      fault: 'object store answers 500',
      arrange: store({ kind: 'error', status: 500, code: 'InternalError' }, when, 3),
      expected: 'done',
    },
    { fault: 'connection to the object store reset', arrange: store({ kind: 'reset' }, when, 3), expected: 'done' },
    {
      fault: 'answer of the object store lost after the call took effect',
      arrange: store({ kind: 'lostAnswer' }, when),
      expected: 'done',
    },
    { fault: 'no answer from the object store', arrange: store({ kind: 'hang' }, when), expected: 'done' },
    {
      fault: 'object store refuses for 30 s',
      arrange: storeFor(MINUTE / 2, { kind: 'error', status: 403, code: 'AccessDenied' }, when),
      expected: 'done',
    },
    {
      fault: 'object store refuses for good',
      arrange: store({ kind: 'error', status: 403, code: 'AccessDenied' }, when, Infinity),
      expected: new RegExp(`^Access denied: ${action} on s3://`),
    },
    {
      fault: 'bucket is gone',
      arrange: store({ kind: 'error', status: 404, code: 'NoSuchBucket' }, when, Infinity),
      expected: /The bucket faults-\S+ does not exist/,
    },
  ];
}

const MANIFEST: Row[] = [
  ...storeRows(isPutOfManifest, 's3:PutObject'),
  { fault: 'function stopped before the manifest is written', death: 'before the manifest', expected: 'done' },
];

const ANSWER: Row[] = [
  { fault: 'function stopped after the manifest was written', death: 'after the manifest', expected: 'done' },
];

const LOOK: Row[] = [
  {
    fault: 'object store is busy (SlowDown), 6 times',
    arrange: store({ kind: 'error', status: 503, code: 'SlowDown' }, isReadOfManifest, 6),
    expected: 'done',
  },
  {
    fault: 'connection to the object store reset',
    arrange: store({ kind: 'reset' }, isReadOfManifest, 3),
    expected: 'done',
  },
  {
    fault: 'object store refuses for 30 s',
    arrange: storeFor(MINUTE / 2, { kind: 'error', status: 403, code: 'AccessDenied' }, isReadOfManifest),
    expected: 'done',
  },
  {
    fault: 'object store refuses for good',
    arrange: store({ kind: 'error', status: 403, code: 'AccessDenied' }, isReadOfManifest, Infinity),
    expected: /^Access denied: s3:GetObject on s3:\/\//,
  },
  {
    fault: 'QuickSight is down',
    arrange: ({ standIn }) => {
      standIn.faults.add({ kind: 'reset', times: Infinity });
    },
    expected: 'done',
  },
];

const REMOVE: Row[] = [
  {
    fault: 'object store is busy (SlowDown), 6 times',
    arrange: store({ kind: 'error', status: 503, code: 'SlowDown' }, isDelete, 6),
    expected: 'done',
  },
  {
    fault: 'object store answers 500',
    arrange: store({ kind: 'error', status: 500, code: 'InternalError' }, isList, 3),
    expected: 'done',
  },
  { fault: 'connection to the object store reset', arrange: store({ kind: 'reset' }, isDelete, 3), expected: 'done' },
  {
    fault: 'answer of the object store lost after the call took effect',
    arrange: store({ kind: 'lostAnswer' }, isDelete),
    expected: 'done',
  },
  { fault: 'no answer from the object store', arrange: store({ kind: 'hang' }, isDelete), expected: 'done' },
  {
    fault: 'object store refuses for 30 s',
    arrange: storeFor(MINUTE / 2, { kind: 'error', status: 403, code: 'AccessDenied' }, isDelete),
    expected: 'done',
  },
  {
    fault: 'object store refuses for good',
    arrange: store({ kind: 'error', status: 403, code: 'AccessDenied' }, isDelete, Infinity),
    expected: /^Access denied: s3:DeleteObjectVersion on s3:\/\//,
  },
  {
    fault: 'bucket is gone',
    arrange: store({ kind: 'error', status: 404, code: 'NoSuchBucket' }, isList, Infinity),
    expected: 'done',
  },
  {
    fault: 'QuickSight is down',
    arrange: ({ standIn }) => {
      standIn.faults.add({ kind: 'reset', times: Infinity });
    },
    expected: 'done',
  },
  { fault: 'function stopped in the middle', death: 'after the first removal', expected: 'done' },
];

const cells = (requests: Request[], step: Cell['step'], rows: Row[]): Cell[] =>
  requests.flatMap((request) => rows.map((row) => ({ request, step, ...row })));

export const CELLS: readonly Cell[] = [
  ...cells(['Create', 'Update'], 'start', START),
  ...cells(['Create', 'Update'], 'poll', POLL),
  ...cells(['Create', 'Update'], 'copy', COPY),
  ...cells(['Create'], 'copy of 5 MB', LARGE_COPY),
  ...cells(['Create', 'Update'], 'manifest', MANIFEST),
  ...cells(['Create', 'Update'], 'answer', ANSWER),
  ...cells(['Rollback'], 'look', LOOK),
  ...cells(['Delete'], 'remove', REMOVE),
];
