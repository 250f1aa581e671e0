import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundle, PROJECT } from './handlers';

/** The size today plus about 5 %: a test reports a dependency that grows. */
export const MAX_COMMAND_LINE_BYTES = 640 * 1024;

/** Bundles the command line with everything that it needs into a folder, as `main.js`. */
export async function buildCommandLine(outdir: string): Promise<Metafile> {
  rmSync(resolve(PROJECT, outdir), { recursive: true, force: true });
  return bundle({ main: 'cli/main.ts' }, outdir);
}
