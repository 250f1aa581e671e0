import type { HistoryEventType } from '@aws-sdk/client-sfn';
import { timesOf } from '../../../local/aws-check/waiter-times';

const events = (...list: Array<[seconds: number, type: HistoryEventType]>) =>
  list.map(([seconds, type], index) => ({
    id: index + 1,
    type,
    timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)),
  }));

test('the times of a waiter that invoked isComplete twice', () => {
  // Types of a Lambda task that failed once and was retried: the "not yet" of the provider framework is an error.
  const history = events(
    [0, 'ExecutionStarted'],
    [0, 'TaskStateEntered'],
    [0, 'LambdaFunctionScheduled'],
    [1, 'LambdaFunctionStarted'],
    [91, 'LambdaFunctionFailed'],
    [92, 'LambdaFunctionScheduled'],
    [92, 'LambdaFunctionStarted'],
    [95, 'LambdaFunctionSucceeded'],
    [95, 'TaskStateExited'],
    [96, 'ExecutionSucceeded'],
  );
  expect(timesOf('SUCCEEDED', history)).toEqual({
    startTime: '2026-01-01T00:00:00.000Z',
    status: 'SUCCEEDED',
    seconds: 96,
    invocations: 2,
    invocationSeconds: [91, 3],
  });
});

test('an execution that still runs has an invocation without a time', () => {
  const history = events([0, 'ExecutionStarted'], [1, 'LambdaFunctionScheduled'], [2, 'LambdaFunctionStarted']);
  expect(timesOf('RUNNING', history)).toMatchObject({ seconds: 2, invocations: 1, invocationSeconds: [] });
});
