import { Readable } from 'node:stream';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { Destination } from '../../lib/contract/properties';
import { Download, Fetch, Range } from '../../lambda/download';
import { DownloadLink } from '../../lambda/download-link';
import { isComplete, IsCompleteResult, onEvent, World } from '../../lambda/handlers';
import { LogFields } from '../../lambda/log';
import { IsCompleteEvent } from '../../lambda/request';
import { MemoryBucket } from './memory-bucket';
import { MemoryQuickSight } from './memory-quicksight';

export type Done = Extract<IsCompleteResult, { IsComplete: true }>;

/** Everything that the handlers reach, in memory, in a time of its own: a test of a whole export takes a millisecond or two. */
export class MemoryWorld implements World {
  time = Date.UTC(2026, 10, 24, 12);
  readonly logGroup = '/aws/lambda/is-complete';
  readonly logged: Array<{ level: string; message: string } & LogFields> = [];
  readonly slept: number[] = [];
  readonly quickSight = new MemoryQuickSight(() => this.time);
  readonly fetched: Array<{ link: DownloadLink; range?: Range }> = [];
  readonly buckets = new Map<string, MemoryBucket>();
  /** What a download is answered with; in turn, the last one again and again. */
  answers: Array<Error | (() => Partial<Download>)> = [() => ({})];
  random = 0.5;

  constructor(public bundle: Buffer) {}

  readonly runtime = {
    now: () => this.time,
    sleep: async (milliseconds: number) => {
      if (!(milliseconds >= 0) || this.slept.length > 5000) throw new Error(`it never ends: sleep(${milliseconds})`);
      this.slept.push(milliseconds);
      this.time += milliseconds;
    },
    random: () => this.random,
  };

  bucket(name = 'artifacts'): MemoryBucket {
    const bucket = this.buckets.get(name) ?? new MemoryBucket(name);
    this.buckets.set(name, bucket);
    return bucket;
  }

  readonly storeOf = ({ ArtifactBucket }: Destination) => this.bucket(ArtifactBucket).store;

  readonly logOf = (always: LogFields) => {
    const at = (level: string) => (message: string, fields: LogFields = {}) => { this.logged.push({ level, message, ...always, ...fields }); };
    return { info: at('info'), warn: at('warn'), error: at('error') };
  };

  readonly fetch: Fetch = async (link, range) => {
    this.fetched.push({ link, ...(range && { range }) });
    const answer = (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? (() => ({}));
    if (answer instanceof Error) throw answer;
    const offset = range?.offset ?? 0;
    return {
      status: range ? 206 : 200, offset, etag: '"e"', totalBytes: this.bundle.length, body: Readable.from([Buffer.from(this.bundle.subarray(offset))]), ...answer(),
    };
  };

  accept(event: CloudFormationCustomResourceEvent): IsCompleteEvent {
    return { ...event, ...onEvent(event, this) } as IsCompleteEvent;
  }

  /** What the framework does with one delivery of a request. */
  async deliver(event: CloudFormationCustomResourceEvent, tick = 90_000): Promise<Done> {
    const accepted = JSON.parse(JSON.stringify(this.accept(event))) as IsCompleteEvent;
    for (let ticks = 0; ticks < 1000; ticks++) {
      const result = await isComplete(accepted, this, this.time + tick);
      if (result.IsComplete) return result;
      this.time += 5_000;
    }
    throw new Error('the waiter gave up');
  }

  /** The sentence that it fails with. */
  async failure(event: CloudFormationCustomResourceEvent): Promise<string> {
    const outcome = await this.deliver(event).catch((error: Error) => error);
    if (!(outcome instanceof Error)) throw new Error('it did not fail');
    return outcome.message;
  }
}
