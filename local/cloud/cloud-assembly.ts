import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The output of `cdk synth`. */
export interface CloudAssembly {
  readonly folder: string;
  /** Names of the stacks. */
  readonly stacks: readonly string[];
}

/** The members of manifest.json that are read here. */
interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { readonly type: string; readonly properties?: { readonly stackName?: string } }>
  >;
}

export async function readCloudAssembly(folder: string): Promise<CloudAssembly> {
  const { artifacts } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return { folder, stacks: stacks.map(([id, { properties }]) => properties?.stackName ?? id) };
}
