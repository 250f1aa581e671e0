import type { Fault } from '../../../local/quicksight';
import {
  type Arrange,
  deliveredAgain,
  type FaultRow,
  isHeadOfArtifact,
  isPutOfArtifact,
  MINUTE_MS,
  quickSightFault,
  quickSightFaultFor,
  storeFault,
} from './fault-case';
import { writeRows } from './store-cases';

/** Faults of the download, all at once. */
const download =
  (...faults: Fault[]): Arrange =>
  (scene) => {
    for (const fault of faults) quickSightFault({ ...fault, operation: 'Download' })(scene);
  };

export const COPY_ROWS: readonly FaultRow[] = [
  { fault: 'expired link', arrange: download({ kind: 'expired' }), expected: 'done' },
  { fault: 'expired link, 6 times', arrange: download({ kind: 'expired', times: 6 }), expected: 'done' },
  {
    fault: 'throttled (SlowDown), 5 times',
    arrange: download({ kind: 'error', name: 'SlowDown', status: 503, times: 5 }),
    expected: 'done',
  },
  { fault: 'HTTP 500', arrange: download({ kind: 'error', name: 'InternalError', status: 500 }), expected: 'done' },
  { fault: 'connection reset', arrange: download({ kind: 'reset' }), expected: 'done' },
  { fault: 'no response', arrange: download({ kind: 'hang' }), expected: 'done' },
  { fault: 'truncated body, twice', arrange: download({ kind: 'cut', afterBytes: 1000, times: 2 }), expected: 'done' },
  {
    fault: 'truncated body, ranges not supported',
    arrange: download({ kind: 'noRanges', times: Infinity }, { kind: 'cut', afterBytes: 1000 }),
    expected: 'done',
  },
  {
    fault: 'truncated body with a matching Content-Length',
    arrange: download({ kind: 'cut', afterBytes: 1000, honestLength: true }),
    expected: 'done',
  },
  {
    fault: 'truncated body, then another ETag',
    arrange: download({ kind: 'cut', afterBytes: 1000 }, { kind: 'changed', content: (original) => original }),
    expected: 'done',
  },
  { fault: 'no Content-Length', arrange: download({ kind: 'noContentLength', times: Infinity }), expected: 'done' },
  { fault: 'error page of S3 with status 200', arrange: download({ kind: 's3ErrorPage' }), expected: 'done' },
  { fault: 'HTML with status 200', arrange: download({ kind: 'html' }), expected: 'done' },
  {
    fault: 'HTML with status 200 permanently',
    arrange: download({ kind: 'html', times: Infinity }),
    expected:
      /did not produce a valid QUICKSIGHT_JSON bundle: the file is neither a zip nor JSON: it starts with "<!DOCTYPE html>/,
  },
  { fault: 'corrupt zip file', arrange: download({ kind: 'wrongBytes' }), expected: 'done' },
  {
    fault: 'corrupt zip file permanently',
    arrange: download({ kind: 'wrongBytes', times: Infinity }),
    expected: /did not produce a valid QUICKSIGHT_JSON bundle: entry dashboard\/sales-overview\.json: /,
  },
  {
    fault: 'access denied for 5 minutes',
    arrange: quickSightFaultFor(5 * MINUTE_MS, {
      operation: 'Download',
      kind: 'error',
      name: 'AccessDenied',
      status: 403,
    }),
    expected: 'done',
  },
  {
    fault: 'access denied permanently',
    arrange: download({ kind: 'error', name: 'AccessDenied', status: 403, times: Infinity }),
    expected: /did not finish within 30 minutes\. Last observation: .*stopped after 0 of/,
  },
  {
    fault: 'redirect',
    arrange: download({ kind: 'redirect', location: 'http://127.0.0.1:1/elsewhere', times: Infinity }),
    expected: /redirects are not followed/,
  },
  {
    fault: 'link to another host',
    arrange: ({ standIn }) => {
      standIn.describeOverride = (response) =>
        response.DownloadUrl ? { ...response, DownloadUrl: 'https://example.com/x?X-Amz-Signature=secret' } : response;
    },
    expected: /points to https:\/\/example\.com, which is not allowed/,
  },
  deliveredAgain('during the download', 'in the download'),
  deliveredAgain('before the artifact is written', 'before the artifact'),
  deliveredAgain('after the artifact was written', 'after the artifact'),
  ...writeRows(isPutOfArtifact),
  {
    fault: 'artifact of an earlier delivery not readable (SlowDown), 6 times',
    arrange: storeFault({ kind: 'error', status: 503, code: 'SlowDown' }, isHeadOfArtifact, 6),
    crashPoint: 'after the artifact',
    expected: 'done',
  },
  {
    fault: 'disabled KMS key',
    arrange: storeFault(
      { kind: 'error', status: 400, code: 'KMS.DisabledException', message: 'the key is disabled.' },
      isPutOfArtifact,
      Infinity,
    ),
    expected: /KMS rejected the key .*KMS\.DisabledException/,
  },
];

/** A bundle of many chunks, so that a connection can break between them. */
export const LARGE_COPY_ROWS: readonly FaultRow[] = [
  {
    fault: 'truncated body, twice',
    arrange: download({ kind: 'cut', afterBytes: 2_000_000, times: 2 }),
    expected: 'done',
  },
  {
    fault: 'truncated body, ranges not supported',
    arrange: download({ kind: 'noRanges', times: Infinity }, { kind: 'cut', afterBytes: 2_000_000 }),
    expected: 'done',
  },
  {
    fault: 'truncated body, then another ETag',
    arrange: download({ kind: 'cut', afterBytes: 2_000_000 }, { kind: 'changed', content: (original) => original }),
    expected: 'done',
  },
  { fault: 'no Content-Length', arrange: download({ kind: 'noContentLength', times: Infinity }), expected: 'done' },
  {
    fault: 'corrupt zip file permanently',
    arrange: download({ kind: 'wrongBytes', times: Infinity }),
    expected: /did not produce a valid QUICKSIGHT_JSON bundle: entry dashboard\/sales-overview\.json: /,
  },
  ...writeRows(isPutOfArtifact),
];
