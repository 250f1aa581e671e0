import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalCloud } from '../cloud';
import type { QuickSightStandIn } from '../quicksight';
import { print } from './print';

const EVERY_MS = 250;
/** ROLLBACK_IN_PROGRESS has so many letters. */
const STATUS_WIDTH = 20;

/** What of an event of a stack is looked at. */
interface Happening {
  readonly LogicalResourceId?: string;
  readonly ResourceType?: string;
  readonly ResourceStatus?: string;
  readonly ResourceStatusReason?: string;
}

/** Shows the events of a stack and the states of the export jobs as they happen, while the work goes on. */
export async function following<T>(
  stack: string,
  cloud: LocalCloud,
  standIn: QuickSightStandIn,
  work: Promise<T>,
): Promise<T> {
  let over = false;
  const jobs = new JobProgress(standIn);
  const events = new StackProgress(stack, cloud);
  const shown = (async () => {
    for (let last = false; !last; await sleep(last ? 0 : EVERY_MS)) {
      last = over;
      jobs.show();
      await events.show();
    }
  })();
  try {
    return await work;
  } finally {
    over = true;
    await shown;
  }
}

/** What failed in a stack, each with its reason; not what was only cancelled for it. */
export function failures(events: readonly Happening[]): string[] {
  return events
    .filter(
      ({ ResourceStatus = '', ResourceStatusReason = '' }) =>
        ResourceStatus.endsWith('_FAILED') && !/cancelled|^$/i.test(ResourceStatusReason),
    )
    .map(
      ({ LogicalResourceId, ResourceType, ResourceStatusReason }) =>
        `${LogicalResourceId} (${ResourceType}): ${withoutStack(ResourceStatusReason)}`,
    );
}

/** The provider framework appends the stack of the function that failed, which says nothing to who deploys. */
function withoutStack(reason = ''): string {
  return reason.replace(/^ {4}at .*$/gm, '').trimEnd();
}

class StackProgress {
  private readonly seen = new Set<string>();

  public constructor(
    private readonly stack: string,
    private readonly cloud: LocalCloud,
  ) {}

  public async show(): Promise<void> {
    // The local cloud may be going down.
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
      // Most resources are there at once: of those, the end is enough.
      if (ResourceStatus.endsWith('_IN_PROGRESS') && !/^Custom::|::Stack$/.test(ResourceType)) continue;
      const why = ResourceStatus.endsWith('_FAILED') && reason ? `: ${reason.split('\n', 1)[0]}` : '';
      print(
        'stack',
        `${ResourceStatus.padEnd(STATUS_WIDTH)} ${ResourceType.padEnd(36)} ${LogicalResourceId}${why}`,
        Timestamp,
      );
    }
  }
}

class JobProgress {
  private readonly states = new Map<string, string>();

  public constructor(private readonly standIn: QuickSightStandIn) {}

  public show(): void {
    for (const { job } of this.standIn.jobs) {
      const state = job.status(Date.now());
      if (this.states.get(job.arn) === state) continue;
      this.states.set(job.arn, state);
      print(
        'QuickSight',
        `${(state === 'QUEUED_FOR_IMMEDIATE_EXECUTION' ? 'QUEUED' : state).padEnd(STATUS_WIDTH)} export job ${job.id}`,
      );
    }
  }
}
