import { pollInterval } from '../../lambda/lifecycle/poll-interval';
import { seededRandom } from './seeded-random';

/** A local name: a global is slow to look up in the sandbox of a test. */
const { floor } = Math;

/** StartAssetBundleExportJob: an account runs up to five export jobs at once. */
const SLOTS = 5;
const LANES = 5;
const TIMEOUT_MS = 30 * 60_000;
/** lambda/export/is-complete.ts and lambda/lifecycle/requeue.ts. */
const INVOCATION_MS = 90_000;
const WAITER_INTERVAL_MS = 1_000;
/** lambda/export/export-job.ts. */
const PACING = { shortJobMs: 60_000, shortJobIntervalMs: 1_650, longJobIntervalMs: 2_700 };
/** The pipelines that deploy the stacks start within this time. */
const START_SPREAD_MS = 5 * 60_000;
/** CloudFormation creates the next resource of a lane this long after the last one. */
const NEXT_REQUEST_MS = { from: 2_000, to: 5_000 };

/** Milliseconds until a refused request asks again. `failures` counts the refusals of this invocation before this one. */
export type WaitInterval = (passedMs: number, leftMs: number, random: number, failures: number) => number;

export interface Scenario {
  readonly stacks: number;
  readonly exportsPerStack: number;
  readonly jobMs: number;
  readonly seed: number;
  /** Duration of a call of QuickSight. */
  readonly callMs?: number;
}

export interface Outcome {
  readonly timeouts: number;
  /** Median and maximum of the times until a slot, in seconds. Requests that never had one are not included. */
  readonly waitSeconds: { readonly median: number; readonly longest: number };
  /** Calls of QuickSight per second, Describe and Start. */
  readonly calls: { readonly mean: number; readonly busiestSecond: number };
  /** Time of the deployments ÷ the time that five slots need at best. */
  readonly timeRatio: number;
}

interface Request {
  readonly lane: number;
  readonly requestedTime: number;
  /** The next time that the request asks for a slot. */
  askTime: number;
  yieldAt: number;
  failures: number;
}

/** The requests of the lanes. The next request of a lane begins when the last one has ended. */
class Lanes {
  public readonly waiting = new Set<Request>();
  public startTime = Infinity;
  public endTime = 0;
  private readonly left: number[];

  public constructor(
    { stacks, exportsPerStack }: Scenario,
    private readonly random: () => number,
  ) {
    this.left = new Array<number>(stacks * LANES).fill(exportsPerStack / LANES);
    for (let stack = 0; stack < stacks; stack++) {
      const startTime = random() * START_SPREAD_MS;
      for (let lane = 0; lane < LANES; lane++) this.request(stack * LANES + lane, startTime + random() * 1_000);
    }
  }

  /** Removes the earliest request from the waiting ones. */
  public take(): Request | undefined {
    let first: Request | undefined;
    for (const request of this.waiting) if (!first || request.askTime < first.askTime) first = request;
    if (first) this.waiting.delete(first);
    return first;
  }

  public end(lane: number, time: number): void {
    this.endTime = Math.max(this.endTime, time);
    const { from, to } = NEXT_REQUEST_MS;
    if ((this.left[lane] ?? 0) > 0) this.request(lane, time + from + this.random() * (to - from));
  }

  private request(lane: number, time: number): void {
    this.left[lane] = (this.left[lane] ?? 0) - 1;
    this.startTime = Math.min(this.startTime, time);
    this.waiting.add({ lane, requestedTime: time, askTime: time, yieldAt: time + INVOCATION_MS, failures: 0 });
  }
}

/** Deploys stacks of exports at once in one account, in simulated time. */
export function deployAtOnce(scenario: Scenario, interval: WaitInterval): Outcome {
  const { jobMs, callMs = 0 } = scenario;
  const random = seededRandom(scenario.seed);
  const lanes = new Lanes(scenario, random);
  const calls = new CallCounter();
  const waits: number[] = [];
  const jobEnds = new Array<number>(SLOTS).fill(0);
  let timeouts = 0;

  /** Polls the job. The result is the time of the first poll after its end, or of the last one before the deadline. */
  const pollJob = (startTime: number, deadline: number): { time: number; isTimeout: boolean } => {
    for (let time = startTime; ; ) {
      const next = time + pollInterval(PACING, time - startTime, random());
      if (next > deadline) return { time, isTimeout: true };
      time = next;
      calls.count(time);
      if (time >= startTime + jobMs) return { time, isTimeout: false };
    }
  };

  for (let request = lanes.take(); request; request = lanes.take()) {
    const { askTime, requestedTime } = request;
    const deadline = requestedTime + TIMEOUT_MS;
    const startTime = askTime + callMs;
    calls.count(askTime);
    calls.count(startTime);
    const slot = jobEnds.findIndex((end) => end <= startTime);
    if (slot >= 0) {
      jobEnds[slot] = startTime + jobMs;
      waits.push(startTime - requestedTime);
      const { time, isTimeout } = pollJob(startTime, deadline);
      if (isTimeout) timeouts++;
      lanes.end(request.lane, time);
      continue;
    }
    const now = startTime + callMs;
    const next = now + interval(now - requestedTime, deadline - now, random(), request.failures++);
    if (next > deadline) {
      timeouts++;
      lanes.end(request.lane, now);
    } else {
      lanes.waiting.add(request);
      request.askTime = next;
      if (next > request.yieldAt) startInvocation(request, now);
    }
  }
  return {
    timeouts,
    waitSeconds: summary(waits),
    calls: calls.perSecond(lanes.endTime - lanes.startTime),
    timeRatio: (lanes.endTime - lanes.startTime) / ((scenario.stacks * scenario.exportsPerStack * jobMs) / SLOTS),
  };
}

/** The invocation ends first. The waiter invokes the function again after its interval, as in requeueUntilDone. */
function startInvocation(request: Request, now: number): void {
  const endTime = Math.max(now, Math.min(request.askTime - WAITER_INTERVAL_MS, request.yieldAt));
  request.askTime = endTime + WAITER_INTERVAL_MS;
  request.yieldAt = request.askTime + INVOCATION_MS;
  request.failures = 0;
}

/** Number of requests that time out although each slot goes to the request that has waited longest, at once. */
export function timeoutsInOrderOfArrival(scenario: Scenario): number {
  const lanes = new Lanes(scenario, seededRandom(scenario.seed));
  const slots = new Array<number>(SLOTS).fill(0);
  let timeouts = 0;
  for (let request = lanes.take(); request; request = lanes.take()) {
    const deadline = request.requestedTime + TIMEOUT_MS;
    slots.sort((one, other) => one - other);
    const startTime = Math.max(request.requestedTime, slots[0] ?? 0);
    const endTime = startTime + scenario.jobMs;
    if (startTime <= deadline) slots[0] = endTime;
    if (endTime > deadline) timeouts++;
    lanes.end(request.lane, Math.min(endTime, deadline));
  }
  return timeouts;
}

class CallCounter {
  private readonly ofSecond: number[] = [];

  public count(time: number): void {
    const second = floor(time / 1000);
    this.ofSecond[second] = (this.ofSecond[second] ?? 0) + 1;
  }

  public perSecond(durationMs: number): { mean: number; busiestSecond: number } {
    return {
      mean: this.ofSecond.reduce((sum, count) => sum + count, 0) / (durationMs / 1000),
      busiestSecond: this.ofSecond.reduce((most, count) => Math.max(most, count), 0),
    };
  }
}

function summary(waits: number[]): { median: number; longest: number } {
  const sorted = [...waits].sort((one, other) => one - other);
  return {
    median: Math.round((sorted[sorted.length >> 1] ?? 0) / 1000),
    longest: Math.round((sorted.at(-1) ?? 0) / 1000),
  };
}
