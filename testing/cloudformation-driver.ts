import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LocalCloud } from '../local/cloud';
import type { Answer, TimedAnswer } from './cloudformation-answers';
import { Answers } from './cloudformation-answers';
import { cloudFormationEvent, STACK_ID } from './cloudformation-events';

export type RequestType = 'Create' | 'Update' | 'Delete';

export interface Sent {
  /** Default: a random one. */
  readonly RequestId?: string;
  /** Default: `STACK_ID`. */
  readonly StackId?: string;
  readonly LogicalResourceId?: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: object;
  readonly OldResourceProperties?: object;
}

/** Maximum size of the input or output of a state: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_PAYLOAD_BYTES = 262_144;

/** Lambda invokes a function up to three times for an asynchronous event. */
const MAX_ATTEMPTS = 3;

/**
 * Sends a provider the documented requests of CloudFormation, and enforces CloudFormation's limits for its answers. As in
 * CloudFormation, the provider answers by a PUT to a presigned URL.
 */
export class CloudFormationDriver {
  /** Signature of every ResponseURL. */
  public readonly responseSignatures: string[] = [];
  private readonly s3: S3Client;
  private readonly lambda: LambdaClient;
  private readonly bucket = `answers-${randomUUID()}`;
  private readonly answers: Answers;

  private constructor(
    private readonly cloud: LocalCloud,
    private readonly serviceToken: string,
  ) {
    // The presigned URL must not contain a checksum, because the answer is not known yet.
    this.s3 = new S3Client({
      ...cloud.clientConfig(),
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    this.lambda = new LambdaClient({ ...cloud.clientConfig(), maxAttempts: 1 });
    this.answers = new Answers(this.s3, this.bucket);
  }

  public static async of(cloud: LocalCloud, serviceToken: string): Promise<CloudFormationDriver> {
    const driver = new CloudFormationDriver(cloud, serviceToken);
    await driver.s3.send(new CreateBucketCommand({ Bucket: driver.bucket }));
    return driver;
  }

  /** Sends one request and waits for its answer. */
  public async send(requestType: RequestType, sent: Sent, timeoutMs?: number): Promise<Answer> {
    return (await this.sendTimed(requestType, sent, timeoutMs)).answer;
  }

  public async sendTimed(requestType: RequestType, sent: Sent, timeoutMs = 60_000): Promise<TimedAnswer> {
    const key = randomUUID();
    const ResponseURL = await getSignedUrl(this.s3, new PutObjectCommand({ Bucket: this.bucket, Key: key }), {
      expiresIn: 7200,
    });
    this.responseSignatures.push(new URL(ResponseURL).searchParams.get('X-Amz-Signature') ?? '');
    const text = (properties: object | undefined) =>
      properties && asCloudFormationSends({ ServiceToken: this.serviceToken, ...properties });
    const event = {
      ...cloudFormationEvent(requestType, { RequestId: randomUUID(), ...sent }),
      ResponseURL,
      ServiceToken: this.serviceToken,
      StackId: sent.StackId ?? STACK_ID,
      ResourceProperties: text(sent.ResourceProperties),
      ...(sent.OldResourceProperties && { OldResourceProperties: text(sent.OldResourceProperties) }),
    };
    const answer = this.answers.at(key, timeoutMs);
    await Promise.race([this.invoke(event), answer]);
    return answer;
  }

  /**
   * Retries like Lambda for an asynchronous event: as long as the function is throttled, and twice after an error. MiniStack
   * itself drops a throttled event after three attempts.
   */
  private async invoke(event: object): Promise<void> {
    const command = new InvokeCommand({
      FunctionName: this.serviceToken,
      InvocationType: 'RequestResponse',
      Payload: JSON.stringify(event),
    });
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; ) {
      const outcome = await this.lambda.send(command).catch((error: Error) => error);
      if (!(outcome instanceof Error)) {
        if (outcome.FunctionError === undefined) return;
        attempt += 1;
      } else if (outcome.name !== 'TooManyRequestsException') {
        throw outcome;
      }
      await sleep(500);
    }
  }

  /** Expects that every payload of Step Functions is within the limit. */
  public async expectPayloadsFit(): Promise<void> {
    const histories = await this.cloud.stateMachineHistories();
    const payloads = histories.flatMap(({ events }) => events.map((event) => Buffer.byteLength(JSON.stringify(event))));
    expect(payloads.length).toBeGreaterThan(0);
    expect(Math.max(...payloads)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
  }
}

/** CloudFormation converts every boolean and number to a string. */
function asCloudFormationSends(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asCloudFormationSends);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asCloudFormationSends(member)]));
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}
