import type { IncomingMessage } from 'node:http';
import {
  deliveredAgain,
  type FaultRow,
  isDelete,
  isGetOfVersioning,
  isListOfVersions,
  isPutOfManifest,
  isPutOfWriteCheck,
  isReadOfManifest,
  quickSightDown,
  storeFault,
  storeFaultFor,
} from './fault-case';

const SLOW_DOWN = { kind: 'error', status: 503, code: 'SlowDown' } as const;
const INTERNAL_ERROR = { kind: 'error', status: 500, code: 'InternalError' } as const;
const ACCESS_DENIED = { kind: 'error', status: 403, code: 'AccessDenied' } as const;
const NO_SUCH_BUCKET = { kind: 'error', status: 404, code: 'NoSuchBucket' } as const;

const NOT_VERSIONED = {
  kind: 'answer',
  body: '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>',
} as const;
const NO_VERSION = { kind: 'withoutHeader', name: 'x-amz-version-id' } as const;
const NO_SUCH_VERSION = { kind: 'error', status: 404, code: 'NoSuchVersion' } as const;

/** The faults of a write to S3. */
export const writeRows = (isWrite: (request: IncomingMessage) => boolean): FaultRow[] => [
  { fault: 'S3 throttles (SlowDown), 6 times', arrange: storeFault(SLOW_DOWN, isWrite, 6), expected: 'done' },
  { fault: 'HTTP 500 from S3, 3 times', arrange: storeFault(INTERNAL_ERROR, isWrite, 3), expected: 'done' },
  { fault: 'connection to S3 reset, 3 times', arrange: storeFault({ kind: 'reset' }, isWrite, 3), expected: 'done' },
  {
    fault: 'response of S3 lost after the call took effect',
    arrange: storeFault({ kind: 'lostAnswer' }, isWrite),
    expected: 'done',
  },
  { fault: 'no response from S3', arrange: storeFault({ kind: 'hang' }, isWrite), expected: 'done' },
  { fault: 'access to S3 denied for 30 s', arrange: storeFaultFor(30_000, ACCESS_DENIED, isWrite), expected: 'done' },
  {
    fault: 'access to S3 denied permanently',
    arrange: storeFault(ACCESS_DENIED, isWrite, Infinity),
    expected: /^Access denied: s3:PutObject on s3:\/\//,
  },
  {
    fault: 'object has no version id for 30 s',
    arrange: storeFaultFor(30_000, NO_VERSION, isWrite),
    expected: 'done',
  },
  {
    fault: 'bucket deleted',
    arrange: storeFault(NO_SUCH_BUCKET, isWrite, Infinity),
    expected: /The bucket faults-\S+ does not exist/,
  },
];

export const MANIFEST_ROWS: readonly FaultRow[] = [
  ...writeRows(isPutOfManifest),
  deliveredAgain('before the manifest is written', 'before the manifest'),
];

export const RESPONSE_ROWS: readonly FaultRow[] = [
  deliveredAgain('after the manifest was written', 'after the manifest'),
];

/** The bucket is checked before the job starts. */
export const CHECK_ROWS: readonly FaultRow[] = [
  {
    fault: 'versioning not reported for 30 s',
    arrange: storeFaultFor(30_000, NOT_VERSIONED, isGetOfVersioning),
    expected: 'done',
  },
  {
    fault: 'versioning not reported permanently',
    arrange: storeFault(NOT_VERSIONED, isGetOfVersioning, Infinity),
    expected: /Last observation: the bucket \S+ does not report versioning/,
    jobs: 0,
  },
  {
    fault: 'objects have no version id for 30 s',
    arrange: storeFaultFor(30_000, NO_VERSION, isPutOfWriteCheck),
    expected: 'done',
  },
  {
    fault: 'objects refused for 30 s',
    arrange: storeFaultFor(30_000, ACCESS_DENIED, isPutOfWriteCheck),
    expected: 'done',
  },
  {
    fault: 'objects refused permanently',
    arrange: storeFault(ACCESS_DENIED, isPutOfWriteCheck, Infinity),
    expected: /^Access denied: s3:PutObject on s3:\/\//,
    jobs: 0,
  },
  {
    fault: 'KMS key disabled',
    arrange: storeFault({ kind: 'error', status: 400, code: 'KMS.DisabledException' }, isPutOfWriteCheck, Infinity),
    expected: /^KMS rejected the key of the bucket for s3:\/\//,
    jobs: 0,
  },
];

/** A rollback reads manifests and needs no job. */
export const PREPARE_ROWS: readonly FaultRow[] = [
  { fault: 'S3 throttles (SlowDown), 6 times', arrange: storeFault(SLOW_DOWN, isReadOfManifest, 6), expected: 'done' },
  {
    fault: 'connection to S3 reset, 3 times',
    arrange: storeFault({ kind: 'reset' }, isReadOfManifest, 3),
    expected: 'done',
  },
  {
    fault: 'access to S3 denied for 30 s',
    arrange: storeFaultFor(30_000, ACCESS_DENIED, isReadOfManifest),
    expected: 'done',
  },
  {
    fault: 'access to S3 denied permanently',
    arrange: storeFault(ACCESS_DENIED, isReadOfManifest, Infinity),
    expected: /^Access denied: s3:GetObjectVersion on s3:\/\//,
  },
  {
    fault: 'manifest listed but not found (404) for 30 s',
    arrange: storeFaultFor(30_000, NO_SUCH_VERSION, isReadOfManifest),
    expected: 'done',
  },
  { fault: 'QuickSight is down', arrange: quickSightDown, expected: 'done' },
];

export const REMOVE_ROWS: readonly FaultRow[] = [
  { fault: 'S3 throttles (SlowDown), 6 times', arrange: storeFault(SLOW_DOWN, isDelete, 6), expected: 'done' },
  { fault: 'HTTP 500 from S3, 3 times', arrange: storeFault(INTERNAL_ERROR, isListOfVersions, 3), expected: 'done' },
  { fault: 'connection to S3 reset, 3 times', arrange: storeFault({ kind: 'reset' }, isDelete, 3), expected: 'done' },
  {
    fault: 'response of S3 lost after the call took effect',
    arrange: storeFault({ kind: 'lostAnswer' }, isDelete),
    expected: 'done',
  },
  { fault: 'no response from S3', arrange: storeFault({ kind: 'hang' }, isDelete), expected: 'done' },
  { fault: 'access to S3 denied for 30 s', arrange: storeFaultFor(30_000, ACCESS_DENIED, isDelete), expected: 'done' },
  {
    fault: 'access to S3 denied permanently',
    arrange: storeFault(ACCESS_DENIED, isDelete, Infinity),
    expected: /^Access denied: s3:DeleteObjectVersion on s3:\/\//,
  },
  { fault: 'bucket deleted', arrange: storeFault(NO_SUCH_BUCKET, isListOfVersions, Infinity), expected: 'done' },
  { fault: 'QuickSight is down', arrange: quickSightDown, expected: 'done' },
  deliveredAgain('after the first removal', 'after the first removal'),
];
