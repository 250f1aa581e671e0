import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { LocalCloud } from '../../local/cloud';
import { cloudFormationEvent, STACK_ID } from './events';

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
}

interface Sent {
  readonly RequestId?: string;
  readonly LogicalResourceId?: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: object;
  readonly OldResourceProperties?: object;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAX_ANSWER_BYTES = 4096;

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_PAYLOAD_BYTES = 262_144;

/**
 * Sends a provider what CloudFormation documents, and holds its answers to CloudFormation's limits. The answer comes as it does
 * there: by a PUT to a presigned link.
 */
export class CloudFormationDriver {
  private readonly s3: S3Client;
  private readonly lambda: LambdaClient;
  private readonly bucket = `answers-${randomUUID()}`;

  private constructor(private readonly cloud: LocalCloud, private readonly serviceToken: string) {
    this.s3 = new S3Client({ ...cloud.clientConfig(), forcePathStyle: true });
    this.lambda = new LambdaClient(cloud.clientConfig());
  }

  static async of(cloud: LocalCloud, serviceToken: string): Promise<CloudFormationDriver> {
    const driver = new CloudFormationDriver(cloud, serviceToken);
    await driver.s3.send(new CreateBucketCommand({ Bucket: driver.bucket }));
    return driver;
  }

  async send(requestType: 'Create' | 'Update' | 'Delete', sent: Sent, timeoutMilliseconds = 60_000): Promise<Answer> {
    const key = randomUUID();
    await this.deliver(requestType, { RequestId: randomUUID(), ...sent }, key);
    return this.answer(key, timeoutMilliseconds);
  }

  /** Delivers a request and does not wait; `key` is where its answer will be. */
  async deliver(requestType: 'Create' | 'Update' | 'Delete', sent: Sent, key: string): Promise<void> {
    const ResponseURL = await getSignedUrl(this.s3, new PutObjectCommand({ Bucket: this.bucket, Key: key }), { expiresIn: 7200 });
    const text = (properties: object | undefined) => properties && asCloudFormationSends({ ServiceToken: this.serviceToken, ...properties });
    const event = {
      ...cloudFormationEvent(requestType, sent),
      ResponseURL,
      ServiceToken: this.serviceToken,
      StackId: STACK_ID,
      ResourceProperties: text(sent.ResourceProperties),
      ...(sent.OldResourceProperties && { OldResourceProperties: text(sent.OldResourceProperties) }),
    };
    await this.lambda.send(new InvokeCommand({ FunctionName: this.serviceToken, InvocationType: 'Event', Payload: JSON.stringify(event) }));
  }

  async answer(key: string, timeoutMilliseconds = 60_000): Promise<Answer> {
    for (const until = Date.now() + timeoutMilliseconds; Date.now() < until; await sleep(50)) {
      const body = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }))
        .then(({ Body }) => Body?.transformToString(), (error: Error) => { if (error.name !== 'NoSuchKey') throw error; });
      if (body === undefined) continue;
      if (Buffer.byteLength(body) > MAX_ANSWER_BYTES) throw new Error(`CloudFormation takes no answer of ${Buffer.byteLength(body)} bytes: ${body.slice(0, 500)}…`);
      return JSON.parse(body);
    }
    throw new Error(`no answer within ${timeoutMilliseconds} ms`);
  }

  /** Every payload that went through Step Functions has to fit. */
  async expectPayloadsFit(): Promise<void> {
    const histories = await this.cloud.stateMachineHistories();
    const payloads = histories.flatMap(({ events }) => events.map((event) => Buffer.byteLength(JSON.stringify(event))));
    expect(payloads.length).toBeGreaterThan(0);
    expect(Math.max(...payloads)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
  }
}

/** CloudFormation makes text of every boolean and number. */
function asCloudFormationSends(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asCloudFormationSends);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asCloudFormationSends(member)]));
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}
