import type { JsonValue } from '../../../../bundle/json-value';
import type { Finding } from '../../../../bundle/lint/finding';
import { findingsOf, qsFile, template } from '../../../support/lint-input';

const NOW = new Date('2026-11-24T12:00:00Z');

const SCHEDULE = { type: 'refreshSchedule', id: 'orders--refresh-schedule--daily' };

const check = (startAfterDateTime: JsonValue): Promise<Finding[]> =>
  findingsOf(
    'schedule-start-in-past',
    qsFile([{ ...SCHEDULE, content: { dataSetId: 'orders', schedule: { startAfterDateTime } } }]),
    { now: NOW },
  );

test.each<[string, JsonValue]>([
  ['seconds since 1970', NOW.getTime() / 1000 - 1],
  ['ISO 8601', '2026-11-24T11:59:59Z'],
  ['ISO 8601 with an offset', '2026-11-24T13:59:59+02:00'],
  ['a time without a zone, which is UTC', '2026-11-24T11:59:59'],
  ['now', '2026-11-24T12:00:00Z'],
])('reports a start in the past: %s', async (_, start) => {
  expect(await check(start)).toMatchObject([
    {
      severity: 'warning',
      asset: 'refreshSchedule/orders--refresh-schedule--daily',
      path: '/schedule/startAfterDateTime',
      message: expect.stringMatching(/starts after 2026-11-24T1[12]:/),
    },
  ]);
});

test.each<[string, JsonValue]>([
  ['seconds since 1970', NOW.getTime() / 1000 + 1],
  ['ISO 8601', '2026-11-24T12:00:01Z'],
  ['a text that is not a time', 'tomorrow'],
  ['an expression', { Ref: 'Start' }],
  ['no time', null],
  ['a number that is not a time', 1e300],
])('accepts a start in the future: %s', async (_, start) => expect(await check(start)).toEqual([]));

test('reads a schedule of a template', async () => {
  const content = { Properties: { Schedule: { StartAfterDateTime: '2026-01-01T00:00:00Z' } } };
  expect(await findingsOf('schedule-start-in-past', template([{ ...SCHEDULE, content }]), { now: NOW })).toHaveLength(
    1,
  );
});
