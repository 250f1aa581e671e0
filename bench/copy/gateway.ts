import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { PROJECT } from '../../local/cloud';
import { freePort } from '../../local/cloud/free-port';
import { Guarded } from '../../local/cloud/guarded';

const VERSION = 'v1.0.14';
const FOLDER = join(PROJECT, '.local', 'versitygw', VERSION);
const PROGRAM = join(FOLDER, 'versitygw');
const READY_TIMEOUT_MS = 10_000;

export const BUCKET = 'artifacts';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'benchmark', AWS_SECRET_ACCESS_KEY: 'benchmark-secret' };

/** An S3 endpoint on the loopback interface, fast enough not to limit a copy: versitygw over a folder, with a versioned bucket. */
export class Gateway {
  private constructor(
    private readonly command: Guarded,
    private readonly objects: string,
    public readonly endpoint: string,
  ) {}

  /** Environment variables for a client of the endpoint. */
  public get environment(): Record<string, string> {
    return { ...CREDENTIALS, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: this.endpoint };
  }

  /** `folder` is deleted when the gateway ends, which is at the latest when this process ends. */
  public static async start(folder: string): Promise<Gateway> {
    await install();
    const [objects, versions] = [join(folder, 'objects'), join(folder, 'versions')];
    await Promise.all([mkdir(objects), mkdir(versions)]);
    const address = `127.0.0.1:${await freePort()}`;
    let printed = '';
    const command = new Guarded(
      PROGRAM,
      ['--port', address, '--quiet', '--health', '/health', 'posix', '--versioning-dir', versions, objects],
      {
        env: {
          ...process.env,
          ROOT_ACCESS_KEY: CREDENTIALS.AWS_ACCESS_KEY_ID,
          ROOT_SECRET_KEY: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
        },
        folder,
        onOutput: (text) => (printed += text),
      },
    );
    const gateway = new Gateway(command, objects, `http://${address}`);
    if (!(await gateway.ready())) {
      await gateway.stop();
      throw new Error(`versitygw did not start within ${READY_TIMEOUT_MS} ms: ${printed.trim()}`);
    }
    await gateway.createBucket();
    return gateway;
  }

  /** The file of an object of the bucket. */
  public file(key: string): string {
    return join(this.objects, BUCKET, key);
  }

  public async sizeOf(key: string): Promise<number> {
    return (await stat(this.file(key))).size;
  }

  public async remove(key: string): Promise<void> {
    await rm(this.file(key));
  }

  public async stop(): Promise<void> {
    await this.command.stop();
  }

  private async ready(): Promise<boolean> {
    for (
      const deadline = Date.now() + READY_TIMEOUT_MS;
      Date.now() < deadline && this.command.running;
      await sleep(50)
    ) {
      if (
        await fetch(`${this.endpoint}/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return true;
    }
    return false;
  }

  private async createBucket(): Promise<void> {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = CREDENTIALS;
    const s3 = new S3Client({
      endpoint: this.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
    s3.destroy();
  }
}

async function install(): Promise<void> {
  if (existsSync(PROGRAM)) return;
  try {
    await promisify(execFile)('go', ['install', `github.com/versity/versitygw/cmd/versitygw@${VERSION}`], {
      env: { ...process.env, GOBIN: FOLDER },
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? 'The command `go` was not found. P3 and P4 need it to build versitygw, a fast S3 endpoint. Install Go (https://go.dev/dl/) and run this again.'
        : `versitygw ${VERSION} could not be built: ${message}`,
    );
  }
}
