import { invocationReport } from '../../../local/aws-check/invocation-report';

test('reads the REPORT line in the documentation of Lambda', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
  const line =
    'REPORT RequestId: c793869b-ee49-115b-a5b6-4fd21e8dedac\tDuration: 128.83 ms\tBilled Duration: 129 ms\tMemory Size: 128 MB\tMax Memory Used: 74 MB\tInit Duration: 166.62 ms\t\nXRAY TraceId: 1-5d9d007f-0a8c7fd02xmpl480aed55ef0\tSegmentId: 3d752xmpl1bbe37e\tSampled: true\n';
  expect(invocationReport(line)).toEqual({
    durationMs: 128.83,
    billedDurationMs: 129,
    memorySizeMb: 128,
    maxMemoryUsedMb: 74,
    initDurationMs: 166.62,
  });
  expect(invocationReport(line.replaceAll('\t', ' '))).toEqual(invocationReport(line));
});

test.each([
  // Lines of public logs.
  ['Memory Size: 1024 MB\tMax Memory Used: 64 MB\tStatus: timeout', { status: 'timeout', maxMemoryUsedMb: 64 }],
  [
    'Memory Size: 1024 MB\tMax Memory Used: 1024 MB\tStatus: error\tError Type: Runtime.OutOfMemory',
    { status: 'error', errorType: 'Runtime.OutOfMemory', maxMemoryUsedMb: 1024 },
  ],
])('reads the end of a failed invocation: %s', (end, expected) => {
  const line = `REPORT RequestId: 13222b1e-f16b-4550-89df-869ab0a9806d\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\t${end}`;
  expect(invocationReport(line)).toMatchObject({ durationMs: 3000, ...expected });
});

test('a memory of 0 MB was not measured', () => {
  const line = 'REPORT RequestId: a\tDuration: 5 ms\tBilled Duration: 5 ms\tMemory Size: 192 MB\tMax Memory Used: 0 MB';
  expect(invocationReport(line)).toMatchObject({ memorySizeMb: 192, maxMemoryUsedMb: undefined });
});

test.each([
  'START RequestId: 13222b1e-f16b-4550-89df-869ab0a9806d Version: $LATEST',
  'END RequestId: 13222b1e-f16b-4550-89df-869ab0a9806d',
  'INIT_REPORT Init Duration: 316.80 ms\tPhase: init\tStatus: error\tError Type: Runtime.ImportModuleError',
  '{"level":"INFO","message":"REPORT RequestId: a Duration: 1 ms"}',
])('another line is not a report: %s', (line) => expect(invocationReport(line)).toBeUndefined());
