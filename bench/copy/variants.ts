import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { awsCli } from '../../local/cloud';
import { runToEnd } from './child';
import type { Bundle, CopySetup } from './copy-setup';
import { sha256Of } from './copy-setup';
import { BUCKET } from './gateway';
import type { Reported } from './processes/report';

/** The figures of the copy. For a command whose start cannot be separated, they include its start. */
export interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Our copy, its peers (the AWS CLI, in memory), and parts of a copy (start of the AWS CLI, to disk, endpoint, verification). */
export type VariantName =
  | 'ours'
  | 'oursDefaultHeap'
  | 'awsCli'
  | 'awsCliIdle'
  | 'inMemory'
  | 'toDisk'
  | 'endpoint'
  | 'verification';

type Variant = (setup: CopySetup, bundle: Bundle) => Promise<Run>;

export const VARIANTS: Record<VariantName, Variant> = {
  ours: (setup, bundle) => ours(setup, bundle, setup.heapFlags),
  oursDefaultHeap: (setup, bundle) => ours(setup, bundle, setup.defaultHeapFlags),
  awsCli: (setup, bundle) => pipeToCli(setup, bundle.link, bundle.facts.size),
  /** Copies no bytes: the start of the command. */
  awsCliIdle: async (setup) => {
    await writeFile(join(setup.folder, 'empty'), '');
    return pipeToCli(setup, new URL('empty', setup.origin).href, 0);
  },
  inMemory: (setup, bundle) =>
    stored(setup, bundle.facts.size, (key) => node(setup, 'in-memory', [bundle.link, BUCKET, key])),
  toDisk: async (setup, bundle) => {
    const file = join(setup.folder, 'on-disk');
    const run = await node(setup, 'to-disk', [bundle.link, file]);
    await rm(file);
    return run;
  },
  endpoint: (setup, bundle) => stored(setup, bundle.facts.size, (key) => putWithCurl(setup, bundle.file, key)),
  verification: (setup, bundle) => node(setup, 'verification', [bundle.file], setup.heapFlags),
};

async function ours(
  setup: CopySetup,
  { link, facts: { size, sha256, entries } }: Bundle,
  heapFlags: readonly string[],
): Promise<Run> {
  const { result, ...run } = await node(setup, 'ours', [link, BUCKET, randomUUID()], heapFlags);
  const { key, ...found } = result as { key: string; size: number; sha256: string; entries: number };
  const expected = { size, sha256, entries };
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`The copy reported ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}.`);
  if ((await sha256Of(setup.gateway.file(key))) !== sha256)
    throw new Error(`The stored object ${key} differs from the bundle.`);
  await setup.gateway.remove(key);
  return run;
}

/** One of our programs. It measures itself without its start. */
async function node(
  setup: CopySetup,
  name: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Reported> {
  const { node: command, script } = setup.program(name);
  const { output } = await runToEnd(command, [...flags, script, ...args], setup.environment);
  return JSON.parse(output) as Reported;
}

function pipeToCli(setup: CopySetup, link: string, size: number): Promise<Run> {
  const pipe = 'curl -fsS "$1" | "$2" s3 cp - "$3" --expected-size "$4"';
  return stored(setup, size, (key) =>
    runToEnd('sh', ['-c', pipe, 'sh', link, awsCli(), `s3://${BUCKET}/${key}`, String(size)], setup.environment),
  );
}

function putWithCurl(setup: CopySetup, file: string, key: string): Promise<Run> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = setup.gateway.environment;
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
    ['-fsS', ...signed, '--upload-file', file, `${setup.gateway.endpoint}/${BUCKET}/${key}`],
    setup.environment,
  );
}

/** Copies to a new key, checks the size of the object, and removes it. */
async function stored(setup: CopySetup, size: number, copy: (key: string) => Promise<Run>): Promise<Run> {
  const key = randomUUID();
  const { seconds, cpuSeconds, peakBytes } = await copy(key);
  const found = await setup.gateway.sizeOf(key);
  if (found !== size) throw new Error(`Object ${key}: expected ${size} bytes, found ${found}.`);
  await setup.gateway.remove(key);
  return { seconds, cpuSeconds, peakBytes };
}
