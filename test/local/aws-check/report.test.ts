import type { ExportReport } from '../../../local/aws-check/report';
import { failuresOf } from '../../../local/aws-check/report';

const CLEAN = { destroyedStacks: ['s'], deletedBuckets: [], left: [] };
const exported = (more: Partial<ExportReport>): ExportReport => ({
  name: 'export',
  startTime: '',
  deploymentSeconds: 1,
  checks: [{ statement: 'A', passed: true }],
  ...more,
});

test('a run without a failure has no reason', () => {
  expect(failuresOf({ exports: [exported({})], cleanUp: CLEAN })).toEqual([]);
});

test('each failure of a run has its reason', () => {
  const exports = [
    exported({ failure: 'rolled back', checks: [] }),
    exported({ checks: [{ statement: 'A', passed: false, detail: 'found 1' }] }),
  ];
  const cleanUp = { ...CLEAN, left: [{ resource: 'the bucket b', reason: 'denied' }] };
  expect(failuresOf({ exports, cleanUp, failure: 'no network' })).toEqual([
    'no network',
    'export: rolled back',
    'export: not true: A (found 1)',
    'Not destroyed: the bucket b: denied',
  ]);
});
