import { request as httpRequest } from 'node:http';
import type { StartAssetBundleExportJobCommandInput } from '@aws-sdk/client-quicksight';
import {
  DescribeAssetBundleExportJobCommand,
  QuickSightClient,
  StartAssetBundleExportJobCommand,
} from '@aws-sdk/client-quicksight';
import type { StandInOptions } from '../../../local/quicksight';
import { QuickSightStandIn } from '../../../local/quicksight';
import { ACCOUNT, arn, catalog, REGION } from './fixtures';

export const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=AKID/20260102/${REGION}/quicksight/aws4_request, SignedHeaders=host, Signature=ab`;

export const START_OF_TIME = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

/** A stand-in with a clock that only `pass` advances, and its clients. */
export class Harness {
  private static readonly running = new Set<Harness>();
  public now = START_OF_TIME;
  public readonly standIn: QuickSightStandIn;
  public url = '';
  private readonly clients: QuickSightClient[] = [];

  private constructor(options: StandInOptions) {
    this.standIn = new QuickSightStandIn({
      assets: catalog(),
      now: () => this.now,
      durations: { queuedMs: 1000, runningMs: 9000 },
      ...options,
    });
  }

  public static async start(options: StandInOptions = {}): Promise<Harness> {
    const harness = new Harness(options);
    harness.url = (await harness.standIn.start()).url;
    Harness.running.add(harness);
    return harness;
  }

  /** Stops every harness of a test. Call it in afterEach. */
  public static async stopAll(): Promise<void> {
    for (const harness of Harness.running) {
      harness.clients.forEach((client) => client.destroy());
      await harness.standIn.stop();
    }
    Harness.running.clear();
  }

  public pass(seconds: number): void {
    this.now += seconds * 1000;
  }

  public client({ region = REGION, maxAttempts = 1 } = {}): QuickSightClient {
    const client = new QuickSightClient({
      endpoint: this.url,
      region,
      maxAttempts,
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    });
    this.clients.push(client);
    return client;
  }

  /** Sends a request that an SDK cannot send. */
  public raw(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = { authorization: AUTHORIZATION },
  ): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${this.url}${path}`, { method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => reject(Object.assign(error, { received: Buffer.concat(chunks) })));
        response.on('end', () => {
          const content = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            content,
            text: content.toString(),
          });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  public get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
    return this.raw(method, url.slice(this.url.length), undefined, headers);
  }
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly content: Buffer;
  readonly text: string;
}

export const START = { AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'job', ExportFormat: 'QUICKSIGHT_JSON' as const };

export const JOB = { AwsAccountId: ACCOUNT, AssetBundleExportJobId: 'job' };

export const startJob = (client: QuickSightClient, more: Partial<StartAssetBundleExportJobCommandInput> = {}) =>
  client.send(new StartAssetBundleExportJobCommand({ ...START, ResourceArns: [arn('dashboard/sales')], ...more }));

export const describeJob = (client: QuickSightClient, more: Partial<typeof JOB> = {}) =>
  client.send(new DescribeAssetBundleExportJobCommand({ ...JOB, ...more }));
