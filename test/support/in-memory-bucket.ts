import { Readable } from 'node:stream';
import type { ArtifactStore } from '../../lambda/aws/artifact-store';
import { BucketNotFoundError } from '../../lambda/aws/artifact-store';
import { TerminalError } from '../../lambda/core/errors';

interface Version {
  readonly versionId: string;
  /** The job that it is marked with; undefined for what somebody else wrote. */
  readonly jobId: string | undefined;
  readonly body: Buffer;
}

/** A bucket in memory, and the store of it. */
export class InMemoryBucket {
  public exists = true;
  public versioned = true;
  /** Every call, as `writeOnce key`. */
  public readonly calls: string[] = [];
  /** What a call meets before it takes effect: throw it. */
  public before: (call: string) => void = () => undefined;
  /** … and after it did. */
  public after: (call: string) => void = () => undefined;
  private readonly objects = new Map<string, Version[]>();
  /** What comes of a read, if not all of it. */
  public reading: ((body: Buffer) => Readable) | undefined;
  public nameOfVersion: (nth: number) => string = (nth) => `v${nth}`;
  private written = 0;

  public constructor(public readonly name: string) {}

  public get keys(): string[] {
    return [...this.objects.keys()].sort();
  }

  /** The current version of a key. */
  public get(key: string): Version | undefined {
    return this.objects.get(key)?.at(-1);
  }

  public json(key: string): Record<string, unknown> {
    return JSON.parse(String(this.get(key)?.body));
  }

  public put(key: string, body: string | Buffer, jobId?: string): string {
    const version = { versionId: this.nameOfVersion(++this.written), jobId, body: Buffer.from(body) };
    this.objects.set(key, [...(this.objects.get(key) ?? []), version]);
    return version.versionId;
  }

  /** Removes every version of a key, or one. */
  public drop(key: string, remove: (version: Version) => boolean = () => true): void {
    const left = (this.objects.get(key) ?? []).filter((version) => !remove(version));
    if (left.length > 0) this.objects.set(key, left);
    else this.objects.delete(key);
  }

  public get store(): ArtifactStore {
    const call = async <T>(name: string, run: () => T | Promise<T>): Promise<T> => {
      this.calls.push(name);
      this.before(name);
      if (!this.exists) throw new BucketNotFoundError(`The bucket ${this.name} does not exist.`);
      const result = await run();
      this.after(name);
      return result;
    };
    return {
      checkBucket: () =>
        call('checkBucket', () => {
          if (!this.versioned) throw new TerminalError(`The bucket ${this.name} keeps no versions.`);
        }),
      writeOnce: (key, jobId, { bytes, size }) =>
        call(`writeOnce ${key}`, async () => {
          const chunks: Buffer[] = [];
          // A copy: the chunks are used up.
          for await (const chunk of bytes) chunks.push(Buffer.from(chunk));
          const content = Buffer.concat(chunks);
          if (content.length !== size)
            throw new Error(`S3 refuses ${content.length} bytes where ${size} were announced.`);
          return this.get(key) ? undefined : { versionId: this.put(key, content, jobId) };
        }),
      find: (key, jobId) =>
        call(`find ${key}`, () => {
          const found = this.get(key);
          if (found && found.jobId !== jobId) throw new TerminalError(`${key} is of somebody else.`);
          return found && { key, versionId: found.versionId, size: found.body.length };
        }),
      exists: (key, versionId) =>
        call(`exists ${key}`, () => this.objects.get(key)?.some((version) => version.versionId === versionId) ?? false),
      read: ({ key, versionId }, range) =>
        call(`read ${key}`, () => {
          const found = this.objects
            .get(key)
            ?.find((version) => versionId === undefined || version.versionId === versionId);
          if (!found) throw new TerminalError(`${key} is not there.`);
          const bytes = Buffer.from(found.body.subarray(range?.start, range?.end));
          return this.reading?.(bytes) ?? Readable.from([bytes]);
        }),
      readJson: (key) =>
        call(`readJson ${key}`, () => {
          const found = this.get(key);
          try {
            return found && (JSON.parse(String(found.body)) as unknown);
          } catch {
            return null;
          }
        }),
      writeJson: (key, jobId, value) =>
        call(`writeJson ${key}`, () => void this.put(key, JSON.stringify(value), jobId)),
      remove: (keys, jobId) =>
        call(`remove ${keys.join(' ')}`, () =>
          keys.forEach((key) => this.drop(key, (version) => version.jobId === jobId)),
        ),
    };
  }
}
