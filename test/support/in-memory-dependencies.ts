import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { LogFields } from '../../lambda/core/log';
import type { Download, Fetch, Range } from '../../lambda/export/download/download';
import type { DownloadLink } from '../../lambda/export/download/download-link';
import { exportResourceRequest } from '../../lambda/export/export-request';
import { type ExportDependencies, exportResource } from '../../lambda/export/export-resource';
import type { Attributes } from '../../lambda/export/manifest';
import {
  type IsCompleteDependencies,
  type IsCompleteResult,
  isComplete,
} from '../../lambda/lifecycle/is-complete-handler';
import type { IsCompleteEvent } from '../../lambda/lifecycle/job-request';
import { onEvent } from '../../lambda/lifecycle/on-event-handler';
import type { Destination } from '../../lib/contract/export-resource';
import { InMemoryBucket } from './in-memory-bucket';
import { InMemoryQuickSight } from './in-memory-quicksight';

export type Done = Extract<IsCompleteResult<Attributes>, { IsComplete: true }>;

/** Everything that the handlers reach, in memory, in a time of its own: a test of a whole export takes a millisecond or two. */
export class InMemoryDependencies implements ExportDependencies, IsCompleteDependencies {
  public time = Date.UTC(2026, 10, 24, 12);
  public readonly logGroup = '/aws/lambda/is-complete';
  public readonly logged: Array<{ level: string; message: string } & LogFields> = [];
  public readonly slept: number[] = [];
  public spoolFolder = tmpdir();
  public readonly quickSight = new InMemoryQuickSight(() => this.time);
  public readonly fetched: Array<{ link: DownloadLink; range?: Range }> = [];
  public readonly buckets = new Map<string, InMemoryBucket>();
  /** What a download is answered with; in turn, the last one again and again. */
  public answers: Array<Error | (() => Partial<Download>)> = [() => ({})];
  public random = 0.5;

  public constructor(public bundle: Buffer) {}

  public readonly clock = {
    now: () => this.time,
    sleep: async (milliseconds: number) => {
      if (!(milliseconds >= 0) || this.slept.length > 5000) throw new Error(`it never ends: sleep(${milliseconds})`);
      this.slept.push(milliseconds);
      this.time += milliseconds;
    },
    random: () => this.random,
  };

  public bucket(name = 'artifacts'): InMemoryBucket {
    const bucket = this.buckets.get(name) ?? new InMemoryBucket(name);
    this.buckets.set(name, bucket);
    return bucket;
  }

  public readonly storeOf = ({ ArtifactBucket }: Destination) => this.bucket(ArtifactBucket).store;

  public readonly logOf = (always: LogFields) => {
    const at =
      (level: string) =>
      (message: string, fields: LogFields = {}) => {
        this.logged.push({ level, message, ...always, ...fields });
      };
    return { info: at('info'), warn: at('warn'), error: at('error') };
  };

  public readonly fetch: Fetch = async (link, range) => {
    this.fetched.push({ link, ...(range && { range }) });
    const answer = (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? (() => ({}));
    if (answer instanceof Error) throw answer;
    const offset = range?.offset ?? 0;
    return {
      status: range ? 206 : 200,
      offset,
      etag: '"e"',
      totalBytes: this.bundle.length,
      body: Readable.from([Buffer.from(this.bundle.subarray(offset))]),
      ...answer(),
    };
  };

  public accept(event: CloudFormationCustomResourceEvent): IsCompleteEvent {
    return { ...event, ...onEvent(event, exportResourceRequest, this) };
  }

  /** What the framework does with one delivery of a request. */
  public async deliver(event: CloudFormationCustomResourceEvent, tick = 90_000): Promise<Done> {
    const accepted = JSON.parse(JSON.stringify(this.accept(event))) as IsCompleteEvent;
    for (let ticks = 0; ticks < 1000; ticks++) {
      const result = await this.isComplete(accepted, this.time + tick);
      if (result.IsComplete) return result;
      this.time += 5_000;
    }
    throw new Error('the waiter gave up');
  }

  /** One invocation of isComplete. */
  public isComplete(event: IsCompleteEvent, yieldAt: number): Promise<IsCompleteResult<Attributes>> {
    return isComplete(event, exportResource(this), this, yieldAt);
  }

  /** The sentence that it fails with. */
  public async failure(event: CloudFormationCustomResourceEvent): Promise<string> {
    const outcome = await this.deliver(event).catch((error: Error) => error);
    if (!(outcome instanceof Error)) throw new Error('it did not fail');
    return outcome.message;
  }
}
