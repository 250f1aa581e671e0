import { setTimeout as sleep } from 'node:timers/promises';
import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './clients';
import type { InvocationReport } from './invocation-report';
import { invocationReport } from './invocation-report';
import { physicalId, stackResources } from './stack-resources';

export interface TimedReport extends InvocationReport {
  /** ISO 8601. */
  readonly time: string;
}

/** CloudWatch Logs may show a line this long after the invocation. */
const LOG_DELAY_MS = 60_000;
const POLL_INTERVAL_MS = 5_000;

/** The REPORT lines of isComplete, the earliest first. Waits until every invocation has one. */
export async function functionReports(
  clients: Pick<Clients, 'cloudFormation' | 'logs'>,
  stack: string,
): Promise<{ readonly invocations: number; readonly reports: readonly TimedReport[] }> {
  const resources = await stackResources(clients, stack);
  const logGroup = physicalId(resources, 'AWS::Logs::LogGroup', /^AssetBundleExportProviderIsCompleteLogs/);
  const deadline = Date.now() + LOG_DELAY_MS;
  for (;;) {
    const found = await readReports(clients, logGroup);
    const isComplete = found.invocations > 0 && found.reports.length >= found.invocations;
    if (isComplete || Date.now() > deadline) return found;
    await sleep(POLL_INTERVAL_MS);
  }
}

async function readReports({ logs: client }: Pick<Clients, 'logs'>, logGroupName: string) {
  let invocations = 0;
  const reports: TimedReport[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
    for (const { message = '', timestamp = 0 } of events) {
      if (message.startsWith('START RequestId: ')) invocations += 1;
      const report = invocationReport(message);
      if (report) reports.push({ time: new Date(timestamp).toISOString(), ...report });
    }
  }
  return { invocations, reports: reports.sort((one, other) => one.time.localeCompare(other.time)) };
}
