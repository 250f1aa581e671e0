import { markdown } from '../../../local/aws-check/markdown';
import type { ExportReport, Report } from '../../../local/aws-check/report';

const EXPORT: ExportReport = {
  name: 'QUICKSIGHT_JSON, flags off',
  startTime: '2026-01-01T00:00:00.000Z',
  deploymentSeconds: 61,
  jobSeconds: 30.5,
  answerSeconds: 0.75,
  artifactBytes: 2222,
  assetCount: '4',
  warningCount: '0',
  checks: [
    { statement: 'The job is SUCCESSFUL', passed: true },
    { statement: 'ArtifactSize is the size', passed: false, detail: 'expected 1 | found\n2' },
  ],
  contents: { kind: 'zip', groups: [{ type: 'dashboard', count: 1, members: ['name', 'resourceType'] }] },
  echo: {
    rows: [{ member: 'IncludeTags', requested: 'true', described: 'false', same: false }],
    otherMembers: ['Arn', 'JobStatus'],
  },
  download: {
    scheme: 'https',
    host: 'bucket.s3.amazonaws.com',
    sameBytes: true,
    rangesJoin: false,
    secondLink: { sameHost: true, sameEtag: false },
    responses: [
      { request: 'GET', status: 200, receivedBytes: 12, headers: { etag: '"a"' }, headerNames: ['etag', 'x-amz-id-2'] },
    ],
  },
};

const REPORT: Report = {
  version: 1,
  outcome: 'failed',
  startTime: '2026-01-01T00:00:00.000Z',
  seconds: 900,
  stack: 'QuickSightAssetBundleTest-0123abcd',
  partition: 'aws',
  region: 'eu-west-1',
  theme: 'none',
  versions: { 'Node.js': 'v24.0.0' },
  exports: [EXPORT],
  missingAsset: { status: 'FAILED', seconds: 5, errors: [{ type: 'ResourceNotFoundException', message: 'not found' }] },
  deniedRole: {
    call: { name: 'AccessDeniedException', httpStatus: 403, message: 'not authorized' },
    job: { startError: { name: 'AccessDeniedException', message: 'no' } },
  },
  functions: {
    invocations: 2,
    reports: [
      { time: 't1', durationMs: 5.5, billedDurationMs: 6, memorySizeMb: 192, maxMemoryUsedMb: 90, initDurationMs: 300 },
      { time: 't2', durationMs: 7, billedDurationMs: 7, memorySizeMb: 192, maxMemoryUsedMb: 110, status: 'timeout' },
    ],
  },
  waiter: {
    executions: [{ startTime: 't', status: 'SUCCEEDED', seconds: 95, invocations: 2, invocationSeconds: [90.5, 3] }],
  },
  cleanUp: {
    destroyedStacks: ['S'],
    deletedBuckets: [{ bucket: 'b', versions: 3 }],
    left: [{ resource: 'the stack D', reason: 'expired' }],
  },
};

const lines = (more: Partial<Report> = {}) => markdown({ ...REPORT, ...more }).split('\n');

test.each([
  ['outcome', '| outcome | failed |'],
  ['an export', '| QUICKSIGHT_JSON, flags off | 61 | 30.5 | 0.75 | 2222 | 4 | 0 |'],
  ['a passed check', '| The job is SUCCESSFUL | passed |'],
  ['a failed check, in one cell', '| ArtifactSize is the size | FAILED: expected 1 \\| found 2 |'],
  ['the contents', '| dashboard | 1 | name, resourceType |'],
  ['a difference of Describe', '| IncludeTags | true | false | no |'],
  ['other members of Describe', 'Other members: Arn, JobStatus'],
  ['the host', '| host | bucket.s3.amazonaws.com |'],
  ['the ranges', '| a range and the rest with If-Range are the file | no |'],
  ['a response', '| GET | 200 | 12 | etag: "a" | etag, x-amz-id-2 |'],
  ['an error of a job', '| ResourceNotFoundException | not found |'],
  ['a denied call', 'DescribeDashboardDefinition: AccessDeniedException (HTTP 403): not authorized'],
  ['a refused job', 'StartAssetBundleExportJob: AccessDeniedException (HTTP status not reported): no'],
  ['the memory', '2 invocations, 2 REPORT lines. Highest Max Memory Used: 110 MB.'],
  ['a cold invocation', '| t1 | 5.5 | 6 | 300 | 192 | 90 | success |'],
  ['a timeout', '| t2 | 7 | 7 | none | 192 | 110 | timeout |'],
  ['an execution', '| t | SUCCEEDED | 95 | 2 | 90.5, 3 |'],
  ['a destroyed bucket', '| the bucket b | deleted with 3 versions |'],
  ['a resource that remains', '| the stack D | LEFT: expired |'],
])('shows %s', (_, line) => expect(lines()).toContain(line));

test('shows the reason of an observation that was not reported', () => {
  expect(lines({ waiter: { notReported: 'AccessDenied: states:ListExecutions' } })).toContain(
    'not reported: AccessDenied: states:ListExecutions',
  );
});

test('shows values that AWS did not report', () => {
  const functions = { invocations: 1, reports: [{ time: 't1', durationMs: 5 }] };
  const found = lines({ functions });
  expect(found).toContain('1 invocations, 1 REPORT lines. Highest Max Memory Used: not reported.');
  expect(found).toContain('| t1 | 5 | not reported | none | not reported | not reported | success |');
});

test('shows a failed export with its reason only', () => {
  const failed = { name: 'A', startTime: 't', deploymentSeconds: 9, failure: 'rolled\nback', checks: [] };
  const found = lines({ exports: [failed] });
  expect(found).toContain('Failed: rolled back');
  expect(found).toContain('| A | 9 | not reported | not reported | not reported | not reported | not reported |');
});

test('a run that created nothing is reported as such', () => {
  const cleanUp = { destroyedStacks: [], deletedBuckets: [], left: [] };
  expect(lines({ cleanUp, exports: [] })).toContain('Nothing was created.');
});
