import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { minify } from '@swc/core';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';

export const PROJECT = join(__dirname, '..');

export const HANDLERS = {
  'on-event': 'lambda/export/on-event.ts',
  'is-complete': 'lambda/export/is-complete.ts',
} as const;

/** The sizes today plus about 5 %: a test reports a dependency that grows. */
export const MAX_BUNDLE_BYTES = { 'on-event': 42 * 1024, 'is-complete': 704 * 1024 };

/** Bundles each handler into a folder of its own below `outdir`, as `index.js`. */
export async function buildHandlers(outdir: string): Promise<Metafile> {
  rmSync(resolve(PROJECT, outdir), { recursive: true, force: true });
  return bundle(
    Object.fromEntries(Object.entries(HANDLERS).map(([name, source]) => [`${name}/index`, source])),
    outdir,
  );
}

/** Bundles and minifies programs for Lambda, as CommonJS, which Node.js loads faster than ES modules. */
export async function bundle(entryPoints: Record<string, string>, outdir: string): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: PROJECT,
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    // The SDK's ES modules: unused code can be removed from them.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    metafile: true,
    write: false,
  });
  for (const { path, text } of outputFiles) {
    // SWC removes the schemas of operations that nobody calls. esbuild keeps them, because their keys are computed.
    const { code } = await minify(text, { compress: true, mangle: true, toplevel: true });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, code);
  }
  return metafile;
}
