import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ArtifactStore } from '../../lambda/aws/artifact-store';
import { BucketNotFoundError } from '../../lambda/aws/s3-bucket';
import { TerminalError } from '../../lambda/core/errors';

interface Version {
  readonly versionId: string;
  readonly isDeleteMarker?: boolean;
  /** The owning job. Undefined for an object of somebody else. */
  readonly jobId: string | undefined;
  readonly body: Buffer;
  readonly contentType: string;
}

const sha256Of = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** A bucket in memory, and its store. */
export class InMemoryBucket {
  public exists = true;
  public versioned = true;
  /** Every call, for example `writeOnce key`. */
  public readonly calls: string[] = [];
  /** Runs before a call takes effect, and may throw. */
  public before: (call: string) => void = () => undefined;
  /** Runs after a call took effect, and may throw. */
  public after: (call: string) => void = () => undefined;
  private readonly objects = new Map<string, Version[]>();
  public nameOfVersion: (nth: number) => string = (nth) => `v${nth}`;
  private written = 0;
  /** The time of the last change of every object, in milliseconds since the epoch. */
  public modifiedTime = Infinity;

  public constructor(public readonly name: string) {}

  public get keys(): string[] {
    return [...this.objects.keys()].sort();
  }

  /** The current version of a key. */
  public get(key: string): Version | undefined {
    const latest = this.objects.get(key)?.at(-1);
    return latest?.isDeleteMarker ? undefined : latest;
  }

  /** Hides an object as a DELETE without a version id does. */
  public hide(key: string): void {
    const marker = { versionId: this.nameOfVersion(++this.written), jobId: undefined, isDeleteMarker: true };
    this.objects.set(key, [...(this.objects.get(key) ?? []), { ...marker, body: Buffer.alloc(0), contentType: '' }]);
  }

  public json(key: string): Record<string, unknown> {
    return JSON.parse(String(this.get(key)?.body));
  }

  public put(key: string, body: string | Buffer, jobId?: string, contentType = 'application/json'): string {
    const version = { versionId: this.nameOfVersion(++this.written), jobId, body: Buffer.from(body), contentType };
    this.objects.set(key, [...(this.objects.get(key) ?? []), version]);
    return version.versionId;
  }

  /** Removes every version of a key, or those that match. */
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
    const putOnce = (key: string, ...content: [body: string | Buffer, jobId: string, contentType?: string]) =>
      this.get(key) ? undefined : { versionId: this.put(key, ...content) };
    const described = (found: Version) => ({
      versionId: found.versionId,
      size: found.body.length,
      sha256: sha256Of(found.body),
    });
    const remove = (verb: string) => (keys: readonly string[], jobId: string) =>
      call(`${verb} ${keys.join(' ')}`, () =>
        keys.forEach((key) => this.drop(key, (version) => version.jobId === jobId)),
      );
    return {
      uri: (key) => `s3://${this.name}/${key}`,
      checkBucket: () =>
        call('checkBucket', () => {
          if (!this.versioned) throw new TerminalError(`The bucket ${this.name} has no versioning.`);
        }),
      checkWritable: (key) => call(`checkWritable ${key}`, () => undefined),
      writeFileOnce: (key, jobId, { path, size, sha256 }, contentType) =>
        call(`writeOnce ${key}`, () => {
          const body = readFileSync(path);
          if (body.length !== size || sha256Of(body) !== sha256) throw new Error('BadDigest');
          return putOnce(key, body, jobId, contentType);
        }),
      writeJsonOnce: (key, jobId, value) =>
        call(`writeOnce ${key}`, () => putOnce(key, JSON.stringify(value), jobId) !== undefined),
      writeJson: (key, jobId, value) =>
        call(`writeJson ${key}`, () => void this.put(key, JSON.stringify(value), jobId)),
      find: (key, jobId) =>
        call(`find ${key}`, () => {
          const found = this.get(key);
          if (found && found.jobId !== jobId) throw new TerminalError(`${key} is of somebody else.`);
          return found && described(found);
        }),
      findVersion: (key, versionId, jobId) =>
        call(`findVersion ${key}`, () => {
          const found = this.objects.get(key)?.find((version) => version.versionId === versionId);
          return found?.jobId === jobId ? described(found) : undefined;
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
      versionCount: (key) => call(`versionCount ${key}`, () => this.objects.get(key)?.length ?? 0),
      keys: (prefix) =>
        call(
          `keys ${prefix}`,
          () => new Map(this.keys.filter((key) => key.startsWith(prefix)).map((key) => [key, this.modifiedTime])),
        ),
      remove: remove('remove'),
      discard: remove('discard'),
      discardCurrent: (key, versionId) =>
        call(`discardCurrent ${key}`, () => this.drop(key, (version) => version.versionId === versionId)),
    };
  }
}
