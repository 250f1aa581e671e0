import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { awsCli } from '../../local/cloud';
import { runToEnd } from './child';
import { BUCKET } from './gateway';
import type { Reported } from './processes/report';
import type { Bundle, Scene } from './scene';
import { sha256Of } from './scene';

export interface Run {
  /** Of the copy; of the whole command where there is no telling them apart. */
  readonly seconds: number;
  readonly peakBytes: number;
}

export type ContestantName = 'ours' | 'awsCli' | 'awsCliIdle' | 'inMemory' | 'toDisk' | 'endpoint' | 'checks';

type Contestant = (scene: Scene, bundle: Bundle) => Promise<Run>;

/** What Node.js 24 allows itself where it finds 256 or 512 MiB of memory, as in a Lambda function of that size. */
const HEAP_OF_LAMBDA = ['--max-old-space-size=256', '--max-semi-space-size=1'];

export const CONTESTANTS: Record<ContestantName, Contestant> = {
  ours,
  awsCli: (scene, bundle) => pipeToCli(scene, bundle.link, bundle.facts.size),
  /** Of no bytes: what it takes to start. */
  awsCliIdle: async (scene) => {
    await writeFile(join(scene.folder, 'empty'), '');
    return pipeToCli(scene, new URL('empty', scene.origin).href, 0);
  },
  inMemory: (scene, bundle) =>
    stored(scene, bundle.facts.size, (key) => node(scene, 'in-memory', [bundle.link, BUCKET, key])),
  toDisk: async (scene, bundle) => {
    const file = join(scene.folder, 'on-disk');
    const run = await node(scene, 'to-disk', [bundle.link, file]);
    await rm(file);
    return run;
  },
  endpoint: (scene, bundle) => stored(scene, bundle.facts.size, (key) => putWithCurl(scene, bundle.file, key)),
  checks: (scene, bundle) => node(scene, 'checks', [bundle.file]),
};

async function ours(scene: Scene, { link, facts: { size, sha256, entries } }: Bundle): Promise<Run> {
  const { result, ...run } = await node(scene, 'ours', [link, BUCKET, randomUUID()], HEAP_OF_LAMBDA);
  const { key, ...found } = result as { key: string; size: number; sha256: string; entries: number };
  const expected = { size, sha256, entries };
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`ours found ${JSON.stringify(found)}, and there is ${JSON.stringify(expected)}`);
  if ((await sha256Of(scene.gateway.file(key))) !== sha256) throw new Error('what ours stored is not the bundle');
  await scene.gateway.remove(key);
  return run;
}

/** One of our programs, which measures itself: its start does not count. */
async function node(
  scene: Scene,
  name: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Reported> {
  const { node: command, script } = scene.program(name);
  const { output } = await runToEnd(command, [...flags, script, ...args], scene.environment);
  return JSON.parse(output) as Reported;
}

function pipeToCli(scene: Scene, link: string, size: number): Promise<Run> {
  const pipe = 'curl -fsS "$1" | "$2" s3 cp - "$3" --expected-size "$4"';
  return stored(scene, size, (key) =>
    runToEnd('sh', ['-c', pipe, 'sh', link, awsCli(), `s3://${BUCKET}/${key}`, String(size)], scene.environment),
  );
}

function putWithCurl(scene: Scene, file: string, key: string): Promise<Run> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = scene.gateway.environment;
  const signed = [
    '--aws-sigv4',
    'aws:amz:us-east-1:s3',
    '--user',
    `${AWS_ACCESS_KEY_ID}:${AWS_SECRET_ACCESS_KEY}`,
    '--header',
    'x-amz-content-sha256: UNSIGNED-PAYLOAD',
  ];
  return runToEnd(
    'curl',
    ['-fsS', ...signed, '--upload-file', file, `${scene.gateway.endpoint}/${BUCKET}/${key}`],
    scene.environment,
  );
}

/** A copy to a key of its own, which has to be there whole and is then removed. */
async function stored(scene: Scene, size: number, copy: (key: string) => Promise<Run>): Promise<Run> {
  const key = randomUUID();
  const { seconds, peakBytes } = await copy(key);
  const found = await scene.gateway.sizeOf(key);
  if (found !== size) throw new Error(`${found} bytes of ${size} were stored`);
  await scene.gateway.remove(key);
  return { seconds, peakBytes };
}
