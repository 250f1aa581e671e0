import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
}

export interface TimedAnswer {
  readonly answer: Answer;
  /** Time of the poll that found the answer, in milliseconds since 1970. */
  readonly at: number;
}

/** Maximum size of an answer: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAX_ANSWER_BYTES = 4096;

const POLL_INTERVAL_MS = 50;

interface Waiter {
  readonly deadline: number;
  readonly resolve: (answer: TimedAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** The answers in a bucket. One poll serves all waiting callers. */
export class Answers {
  private readonly waiters = new Map<string, Waiter>();

  public constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  /** The answer at a key. Rejects after the timeout, and for an answer that CloudFormation would reject. */
  public at(key: string, timeoutMs: number): Promise<TimedAnswer> {
    return new Promise((resolve, reject) => {
      this.waiters.set(key, { deadline: Date.now() + timeoutMs, resolve, reject });
      if (this.waiters.size === 1)
        this.poll().catch((error: Error) => {
          for (const { reject: fail } of this.waiters.values()) fail(error);
        });
    });
  }

  private async poll(): Promise<void> {
    for (; this.waiters.size > 0; await sleep(POLL_INTERVAL_MS)) {
      const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: this.bucket }));
      const at = Date.now();
      for (const { Key = '' } of Contents) await this.take(Key, at);
      for (const [key, { deadline, reject }] of this.waiters) {
        if (at <= deadline) continue;
        this.waiters.delete(key);
        reject(new Error(`The provider did not answer at ${key} before the timeout.`));
      }
    }
  }

  private async take(key: string, at: number): Promise<void> {
    const waiter = this.waiters.get(key);
    if (!waiter) return;
    this.waiters.delete(key);
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const text = (await Body?.transformToString()) ?? '';
    await this.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_ANSWER_BYTES)
      waiter.reject(new Error(`CloudFormation rejects an answer of ${bytes} bytes: ${text.slice(0, 500)}…`));
    else waiter.resolve({ answer: JSON.parse(text) as Answer, at });
  }
}
