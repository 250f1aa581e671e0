import { Aws } from 'aws-cdk-lib';
import { ExportTrigger } from '../support';

test('onChange has no value', () => expect(ExportTrigger.onChange().value).toBeUndefined());

test('everyDeployment has the time of the synthesis as its value', () => {
  jest.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') });
  const first = ExportTrigger.everyDeployment().value;
  jest.setSystemTime(new Date('2026-01-02T03:04:06Z'));
  const second = ExportTrigger.everyDeployment().value;
  jest.useRealTimers();
  expect([first, second]).toEqual(['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:06.000Z']);
});

test.each(['release 7', Aws.STACK_NAME])('when has the text as its value: %s', (value) => {
  expect(ExportTrigger.when(value).value).toBe(value);
});
