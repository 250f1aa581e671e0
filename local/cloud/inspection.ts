import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { CloudFormationClient, paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import {
  paginateGetExecutionHistory,
  paginateListExecutions,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface LogLine {
  readonly logGroup: string;
  readonly message: string;
  /** Time of the line, in milliseconds since 1970. */
  readonly timestamp: number;
}

export interface ExecutionHistory {
  readonly executionArn: string;
  readonly status: string | undefined;
  readonly events: readonly HistoryEvent[];
}

/** Every line in CloudWatch Logs, by log group, the earliest first. */
export async function logLines(config: ClientConfig): Promise<LogLine[]> {
  const client = new CloudWatchLogsClient(config);
  const lines: LogLine[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    for (const { logGroupName = '' } of logGroups) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
        lines.push(
          ...events.map(({ message = '', timestamp = 0 }) => ({ logGroup: logGroupName, message, timestamp })),
        );
      }
    }
  }
  return lines;
}

/** Every execution of every state machine, with its complete history. */
export async function executionHistories(config: ClientConfig): Promise<ExecutionHistory[]> {
  const client = new SFNClient(config);
  const histories: ExecutionHistory[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn } of stateMachines) {
      for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
        for (const { executionArn = '', status } of executions) {
          const events: HistoryEvent[] = [];
          const pages = paginateGetExecutionHistory({ client }, { executionArn, includeExecutionData: true });
          for await (const page of pages) events.push(...(page.events ?? []));
          histories.push({ executionArn, status, events });
        }
      }
    }
  }
  return histories;
}

/** Events of a stack, the earliest first. Empty if the stack does not exist. A deleted stack must be specified by its ARN. */
export async function eventsOf(config: ClientConfig, stack: string): Promise<StackEvent[]> {
  const client = new CloudFormationClient(config);
  const events: StackEvent[] = [];
  try {
    for await (const page of paginateDescribeStackEvents({ client }, { StackName: stack }))
      events.push(...(page.StackEvents ?? []));
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return [];
    throw error;
  }
  return events.reverse();
}
