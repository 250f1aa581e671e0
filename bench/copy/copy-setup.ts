import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bundle as bundleForLambda } from '../../build/handlers';
import { IS_COMPLETE_HEAP_FLAGS, IS_COMPLETE_MEMORY_MEGABYTES } from '../../lib/export/export-provider';
import { PROJECT } from '../../local/cloud';
import { Guarded } from '../../local/cloud/guarded';
import { lambdaRuntimeModules } from '../../local/cloud/paths';
import type { Packing } from './bundle-file';
import { writeBundle } from './bundle-file';
import { Gateway } from './gateway';
import { lambdaHeapFlags } from './lambda-heap';

const PROCESSES = join(__dirname, 'processes');

/** Node.js with the major version of the Lambda runtime. */
const lambdaNode = () => join(lambdaRuntimeModules(), '.bin', 'node');

export const MIB = 2 ** 20;

export interface BundleFacts {
  readonly packing: Packing;
  /** Nominal size. `size` is exact. */
  readonly mebibytes: number;
  readonly size: number;
  /** Size of the content, in bytes. */
  readonly unpacked: number;
  readonly entries: number;
  readonly sha256: string;
}

export interface Bundle {
  readonly facts: BundleFacts;
  readonly file: string;
  readonly link: string;
}

/** The source, the S3 endpoint and the programs of a copy. The programs are bundled as the handlers are. */
export class CopySetup {
  /** Heap flags of the isComplete function. */
  public readonly heapFlags = IS_COMPLETE_HEAP_FLAGS;
  /** Heap flags that the isComplete function has without NODE_OPTIONS. */
  public readonly defaultHeapFlags = lambdaHeapFlags(IS_COMPLETE_MEMORY_MEGABYTES);

  private constructor(
    public readonly folder: string,
    public readonly gateway: Gateway,
    private readonly source: Guarded,
    public readonly origin: string,
    private readonly programs: string,
  ) {}

  public static async prepare(): Promise<CopySetup> {
    const parent = join(PROJECT, '.local', 'bench');
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, 'copy-'));
    try {
      const programs = join(folder, 'programs');
      const names = (await readdir(PROCESSES)).map((file) => file.replace('.ts', ''));
      await bundleForLambda(Object.fromEntries(names.map((name) => [name, join(PROCESSES, `${name}.ts`)])), programs);
      const gateway = await Gateway.start(folder);
      const { server, origins } = await startServer(join(programs, 'source.js'), [folder]).catch(async (error) => {
        await gateway.stop();
        throw error;
      });
      return new CopySetup(folder, gateway, server, origins[0] as string, programs);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  public async end(): Promise<void> {
    await this.source.stop();
    await this.gateway.stop();
  }

  public get environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.gateway.environment, AWS_ENDPOINT_URL_QUICKSIGHT: this.origin };
  }

  /** A program of `processes/` and the Node.js that runs it. */
  public program(name: string): { node: string; script: string } {
    return { node: lambdaNode(), script: join(this.programs, `${name}.js`) };
  }

  public async bundle(packing: Packing, mebibytes: number): Promise<Bundle> {
    const name = `${packing}-${mebibytes}.qs`;
    const file = join(this.folder, name);
    const written = writeBundle(file, mebibytes * MIB, packing);
    return {
      file,
      link: `${this.origin}/${name}`,
      facts: { packing, mebibytes, ...written, sha256: await sha256Of(file) },
    };
  }
}

/** Starts a program of `processes/` that prints its origins in one line. */
export async function startServer(
  script: string,
  args: readonly string[],
): Promise<{ server: Guarded; origins: readonly string[] }> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const server: Guarded = new Guarded(lambdaNode(), [script, ...args], {
      env: process.env,
      onOutput: (text) => {
        printed += text;
        const [line] = /^https?:.+(?=\n)/.exec(printed) ?? [];
        if (line) resolve({ server, origins: line.split(' ') });
      },
    });
    void server.ended.then(() => reject(new Error(`The server ${script} did not start: ${printed.trim()}`)));
  });
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: MIB }), hash);
  return hash.digest('hex');
}
