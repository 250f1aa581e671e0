import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildResult } from 'esbuild';
import { build } from 'esbuild';
import { pureModules } from './pure-modules';
import { SDK_CHANGES } from './sdk-changes';
import { sourceChanges } from './source-changes';

export const PROJECT = join(__dirname, '..');

export const HANDLERS = {
  'on-event': 'lambda/export/on-event.ts',
  'is-complete': 'lambda/export/is-complete.ts',
} as const;

/** The most that a handler's bundle may have. */
export const MAX_BUNDLE_BYTES = 400 * 1024;

export type Bundled = BuildResult<{ metafile: true }>;

/** Each handler into a folder of its own below `outdir`, as `index.js`. */
export async function buildHandlers(outdir: string): Promise<Bundled> {
  rmSync(resolve(PROJECT, outdir), { recursive: true, force: true });
  return bundle(
    Object.fromEntries(Object.entries(HANDLERS).map(([name, source]) => [`${name}/index`, source])),
    outdir,
  );
}

/**
 * As CommonJS, which Node.js loads faster than ES modules. The names of functions and classes are lost: what our code and the
 * SDK ask errors for is their property `name`.
 */
export function bundle(entryPoints: Record<string, string>, outdir: string): Promise<Bundled> {
  return build({
    absWorkingDir: PROJECT,
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // The SDK's ES modules, of which what nobody uses can be left out.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    plugins: [
      pureModules(join(PROJECT, 'lambda'), join(PROJECT, 'bundle'), join(PROJECT, 'lib', 'contract')),
      sourceChanges(SDK_CHANGES),
    ],
  });
}
