import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuickSightClient } from '@aws-sdk/client-quicksight';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { artifactStore } from '../lambda/aws/artifact-store';
import { quickSight } from '../lambda/aws/quicksight-client';
import { fetchLink } from '../lambda/export/download/download';
import { exportResourceRequest } from '../lambda/export/export-request';
import { type ExportDependencies, exportResource } from '../lambda/export/export-resource';
import { type IsCompleteDependencies, isComplete } from '../lambda/lifecycle/is-complete-handler';
import { onEvent } from '../lambda/lifecycle/on-event-handler';
import type { StandInOptions } from '../local/quicksight';
import { QuickSightStandIn } from '../local/quicksight';
import { type LogLine, recordedLog } from './recorded-log';
import { SILENT } from './s3-server';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Short timeouts, because tests wait for servers that send nothing. */
const requestHandler = {
  connectionTimeout: 1_000,
  requestTimeout: 400,
  socketTimeout: 400,
  throwOnRequestTimeout: true,
};

const s3Client = (endpoint: string, more: S3ClientConfig = {}): S3Client =>
  new S3Client({ endpoint, region: 'us-east-1', credentials: CREDENTIALS, forcePathStyle: true, ...more });

/** The error of the SDK: test/lambda/aws/classify-error.integration.test.ts. */
function unresolved(): Error {
  const hostname = 'quicksight.us-east-1.amazonaws.com';
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname });
}

export interface Success {
  readonly PhysicalResourceId: string;
  readonly Data: Record<string, string>;
}

/** Everything that the handlers of an export depend on. */
export type HandlerDependencies = ExportDependencies & IsCompleteDependencies;

/** Runs the handlers with a simulated clock, over HTTP to the QuickSight stand-in and to S3. */
export class HandlerHarness {
  /** Every line of the log. */
  public readonly logged: LogLine[] = [];
  public readonly s3: S3Client;
  /** True while the host name of QuickSight resolves. */
  public resolvesQuickSight: () => boolean = () => true;
  private time = Date.now();
  private standInUrl = '';
  private readonly spoolFolder = mkdtempSync(join(tmpdir(), 'handlers-'));

  private constructor(
    public readonly standIn: QuickSightStandIn,
    s3Endpoint: string,
    public readonly bucket: string,
    private readonly handlersS3: S3Client,
  ) {
    this.s3 = s3Client(s3Endpoint);
  }

  /** @param storeEndpoint the S3 endpoint of the handlers, if it is not `s3Endpoint`. */
  public static async start(
    s3Endpoint: string,
    bucket: string,
    options: StandInOptions,
    storeEndpoint = s3Endpoint,
  ): Promise<HandlerHarness> {
    const harness: HandlerHarness = new HandlerHarness(
      new QuickSightStandIn({ ...options, now: () => harness.now }),
      s3Endpoint,
      bucket,
      s3Client(storeEndpoint, { requestHandler, maxAttempts: 1, logger: SILENT }),
    );
    harness.standInUrl = (await harness.standIn.start()).url;
    return harness;
  }

  public async stop(): Promise<void> {
    await this.standIn.stop();
    this.s3.destroy();
    this.handlersS3.destroy();
    rmSync(this.spoolFolder, { recursive: true, force: true });
  }

  public get now(): number {
    return this.time;
  }

  public pass(milliseconds: number): void {
    this.time += milliseconds;
  }

  public get dependencies(): HandlerDependencies {
    return {
      quickSight: quickSight(this.quickSightClient()),
      storeOf: (destination) => artifactStore(this.handlersS3, destination),
      fetch: fetchLink(this.handlersS3, 400),
      clock: { now: () => this.now, sleep: async (milliseconds) => this.pass(milliseconds), random: () => 0.5 },
      logOf: (fields) => recordedLog(this.logged, fields),
      logGroup: '/aws/lambda/is-complete',
      spoolFolder: this.spoolFolder,
      quickSightEndpoint: this.standInUrl,
    };
  }

  private quickSightClient(): QuickSightClient {
    const client = new QuickSightClient({
      endpoint: this.standInUrl,
      region: 'us-east-1',
      credentials: CREDENTIALS,
      maxAttempts: 1,
      requestHandler,
    });
    client.middlewareStack.add(
      (next) => (request) => (this.resolvesQuickSight() ? next(request) : Promise.reject(unresolved())),
      { step: 'finalizeRequest', name: 'dns' },
    );
    return client;
  }

  /**
   * Delivers a request as the framework does: onEvent once, isComplete until it is complete.
   *
   * @param tick duration of each invocation, in milliseconds.
   */
  public async deliver(
    event: CloudFormationCustomResourceEvent,
    { dependencies = this.dependencies, tick = 90_000 } = {},
  ): Promise<Success> {
    // The framework passes every event as JSON.
    const accepted = onEvent(JSON.parse(JSON.stringify(event)), exportResourceRequest, dependencies);
    const waiterEvent = { ...event, ...accepted };
    for (let ticks = 0; ticks < 1000; ticks++) {
      const result = await isComplete(
        JSON.parse(JSON.stringify(waiterEvent)),
        exportResource(dependencies),
        dependencies,
        this.now + tick,
      );
      if (result.IsComplete) return { PhysicalResourceId: result.PhysicalResourceId, Data: { ...result.Data } };
      this.pass(1_000);
    }
    throw new Error('the request was not complete after 1,000 invocations');
  }

  public async object(key: string, versionId?: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  public async manifest(key: string): Promise<Record<string, never> & { [name: string]: unknown }> {
    return JSON.parse((await this.object(key)).toString());
  }

  /** The key of every version in the bucket. */
  public async versions(): Promise<string[]> {
    const { Versions } = await this.s3.send(new ListObjectVersionsCommand({ Bucket: this.bucket }));
    return (Versions ?? []).map(({ Key }) => String(Key)).sort();
  }

  /** The number of requests for an operation of QuickSight. */
  public calls(operation: string): number {
    return this.standIn.requests.filter((request) => request.operation === operation).length;
  }
}
