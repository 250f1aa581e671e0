import { setTimeout as sleep } from 'node:timers/promises';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { LocalCloud } from '../cloud';
import type { QuickSightStandIn } from '../quicksight';
import { print } from './print';

const POLL_INTERVAL_MS = 250;
const STATUS_CHARACTERS = 'ROLLBACK_IN_PROGRESS'.length;

/** Prints the events of a stack and the states of the export jobs until the work is done. */
export async function withProgress<T>(
  stack: string,
  cloud: LocalCloud,
  standIn: QuickSightStandIn,
  work: Promise<T>,
): Promise<T> {
  let isDone = false;
  const jobs = new JobProgress(standIn);
  const events = new StackProgress(stack, cloud);
  const printing = (async () => {
    for (let last = false; !last; await sleep(last ? 0 : POLL_INTERVAL_MS)) {
      last = isDone;
      jobs.print();
      await events.print();
    }
  })();
  try {
    return await work;
  } finally {
    isDone = true;
    await printing;
  }
}

/** The failed resources of a stack, each with its reason. Omits resources that were only cancelled. */
export function failures(
  events: ReadonlyArray<
    Pick<StackEvent, 'LogicalResourceId' | 'ResourceType' | 'ResourceStatus' | 'ResourceStatusReason'>
  >,
): string[] {
  return events
    .filter(
      ({ ResourceStatus = '', ResourceStatusReason = '' }) =>
        ResourceStatus.endsWith('_FAILED') && !/cancelled|^$/i.test(ResourceStatusReason),
    )
    .map(
      ({ LogicalResourceId, ResourceType, ResourceStatusReason }) =>
        `${LogicalResourceId} (${ResourceType}): ${withoutStackTrace(ResourceStatusReason)}`,
    );
}

/** The provider framework appends the stack trace of the function, which does not help the user. */
function withoutStackTrace(reason = ''): string {
  return reason.replace(/^ {4}at .*$/gm, '').trimEnd();
}

class StackProgress {
  private readonly seen = new Set<string>();

  public constructor(
    private readonly stack: string,
    private readonly cloud: LocalCloud,
  ) {}

  public async print(): Promise<void> {
    // The local cloud may be stopping.
    const events = await this.cloud.stackEvents(this.stack).catch(() => []);
    for (const {
      EventId = '',
      Timestamp,
      ResourceStatus = '',
      ResourceType = '',
      LogicalResourceId = '',
      ResourceStatusReason: reason,
    } of events) {
      if (this.seen.has(EventId)) continue;
      this.seen.add(EventId);
      // Most resources are created at once. Print only their final status.
      if (ResourceStatus.endsWith('_IN_PROGRESS') && !/^Custom::|::Stack$/.test(ResourceType)) continue;
      const cause = ResourceStatus.endsWith('_FAILED') && reason ? `: ${reason.split('\n', 1)[0]}` : '';
      print(
        'stack',
        `${ResourceStatus.padEnd(STATUS_CHARACTERS)} ${ResourceType.padEnd(36)} ${LogicalResourceId}${cause}`,
        Timestamp,
      );
    }
  }
}

class JobProgress {
  private readonly states = new Map<string, string>();

  public constructor(private readonly standIn: QuickSightStandIn) {}

  public print(): void {
    for (const { job } of this.standIn.jobs) {
      const state = job.status(Date.now());
      if (this.states.get(job.arn) === state) continue;
      this.states.set(job.arn, state);
      print(
        'QuickSight',
        `${(state === 'QUEUED_FOR_IMMEDIATE_EXECUTION' ? 'QUEUED' : state).padEnd(STATUS_CHARACTERS)} export job ${job.id}`,
      );
    }
  }
}
