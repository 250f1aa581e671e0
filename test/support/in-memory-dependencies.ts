import { mkdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Log, LogFields } from '../../lambda/core/log';
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
import { type LogLine, recordedLog } from '../../testing/recorded-log';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { failureMessage } from './failure-message';
import { InMemoryBucket } from './in-memory-bucket';
import { InMemoryClock } from './in-memory-clock';
import { InMemoryQuickSight } from './in-memory-quicksight';

/** A stopped function leaves its file here. */
const SPOOL_FOLDER = new TemporaryFolder();

export type Done = Extract<IsCompleteResult<Attributes>, { IsComplete: true }>;

/** The dependencies of the handlers, in memory and with a simulated clock. */
export class InMemoryDependencies implements ExportDependencies, IsCompleteDependencies {
  public readonly logGroup = '/aws/lambda/is-complete';
  public readonly logged: LogLine[] = [];
  public readonly clock = new InMemoryClock();
  public readonly slept = this.clock.slept;
  public spoolFolder = SPOOL_FOLDER.path;
  public readonly quickSight = new InMemoryQuickSight(this.clock.now);
  public readonly fetched: Array<{ link: DownloadLink; range?: Range }> = [];
  public readonly buckets = new Map<string, InMemoryBucket>();
  /** The responses to downloads, in turn. The last one is repeated. */
  public answers: Array<Error | (() => Partial<Download>)> = [() => ({})];

  public constructor(public bundle: Buffer) {
    // The mutation tests load this module once for all files, and the first file removes the folder.
    if (this.spoolFolder !== '') mkdirSync(this.spoolFolder, { recursive: true });
  }

  /** Milliseconds since the epoch. */
  public get time(): number {
    return this.clock.time;
  }

  public set time(time: number) {
    this.clock.time = time;
  }

  public bucket(name = 'artifacts'): InMemoryBucket {
    const bucket = this.buckets.get(name) ?? new InMemoryBucket(name);
    this.buckets.set(name, bucket);
    return bucket;
  }

  public readonly storeOf = ({ ArtifactBucket }: Destination) => this.bucket(ArtifactBucket).store;

  public readonly logOf = (fields: LogFields): Log => recordedLog(this.logged, fields);

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

  /** Delivers a request as the framework does: onEvent once, isComplete until it is complete. */
  public async deliver(event: CloudFormationCustomResourceEvent, tick = 90_000): Promise<Done> {
    const accepted = JSON.parse(JSON.stringify(this.accept(event))) as IsCompleteEvent;
    for (let ticks = 0; ticks < 1000; ticks++) {
      const result = await this.isComplete(accepted, this.time + tick);
      if (result.IsComplete) return result;
      this.time += 5_000;
    }
    throw new Error('the request was not complete after 1,000 invocations');
  }

  /** One invocation of isComplete. */
  public isComplete(event: IsCompleteEvent, yieldAt: number): Promise<IsCompleteResult<Attributes>> {
    return isComplete(event, exportResource(this), this, yieldAt);
  }

  /** The message that a request fails with, without the line that names the log group. */
  public async failure(event: CloudFormationCustomResourceEvent): Promise<string> {
    const outcome = await this.deliver(event).catch((error: Error) => error);
    if (!(outcome instanceof Error)) throw new Error('the request did not fail');
    return failureMessage(outcome);
  }
}
