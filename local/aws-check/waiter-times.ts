import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { paginateGetExecutionHistory, paginateListExecutions } from '@aws-sdk/client-sfn';
import type { Clients } from './clients';
import { physicalId, stackResources } from './stack-resources';

/** One execution of the waiter: one request of CloudFormation. */
export interface WaiterTimes {
  /** ISO 8601. */
  readonly startTime: string;
  readonly status: string;
  readonly seconds: number;
  /** Number of times that the waiter invoked isComplete. */
  readonly invocations: number;
  /** Seconds of each invocation, the earliest first. */
  readonly invocationSeconds: readonly number[];
}

const SCHEDULED = new Set(['LambdaFunctionScheduled', 'TaskScheduled']);
const ENDED = /^(?:LambdaFunction|Task)(?:Succeeded|Failed|TimedOut)$/;

/** The executions of the waiter of a stack, the earliest first. */
export async function waiterTimes(
  clients: Pick<Clients, 'cloudFormation' | 'sfn'>,
  stack: string,
): Promise<{ readonly executions: readonly WaiterTimes[] }> {
  const resources = await stackResources(clients, stack);
  const stateMachineArn = physicalId(resources, 'AWS::StepFunctions::StateMachine', /^AssetBundleExportProvider/);
  const client = clients.sfn;
  const times: WaiterTimes[] = [];
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
    for (const { executionArn, status = '' } of executions) {
      const events: HistoryEvent[] = [];
      // The data contains the ResponseURL, which is a secret.
      const pages = paginateGetExecutionHistory({ client }, { executionArn, includeExecutionData: false });
      for await (const page of pages) events.push(...(page.events ?? []));
      times.push(timesOf(status, events));
    }
  }
  return { executions: times.sort((one, other) => one.startTime.localeCompare(other.startTime)) };
}

/** @param events The whole history, the earliest event first. */
export function timesOf(status: string, events: readonly HistoryEvent[]): WaiterTimes {
  const at = ({ timestamp }: HistoryEvent) => timestamp?.getTime() ?? NaN;
  const [first] = events;
  const last = events.at(-1);
  const invocationSeconds: number[] = [];
  let scheduled: HistoryEvent | undefined;
  let invocations = 0;
  for (const event of events) {
    if (SCHEDULED.has(event.type ?? '')) {
      scheduled = event;
      invocations += 1;
    } else if (scheduled && ENDED.test(event.type ?? '')) {
      invocationSeconds.push((at(event) - at(scheduled)) / 1000);
      scheduled = undefined;
    }
  }
  return {
    startTime: first?.timestamp?.toISOString() ?? '',
    status,
    seconds: first && last ? (at(last) - at(first)) / 1000 : NaN,
    invocations,
    invocationSeconds,
  };
}
