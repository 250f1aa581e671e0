import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { build } from 'esbuild';
import { buildHandlers, HANDLERS, PROJECT } from '../../build/handlers';

export type HandlerName = keyof typeof HANDLERS;

export const HANDLER_NAMES = Object.keys(HANDLERS) as HandlerName[];

/** The bundle of each handler. */
export type Variant = Record<HandlerName, string>;

const variant = (fileOf: (name: HandlerName) => string): Variant =>
  Object.fromEntries(HANDLER_NAMES.map((name) => [name, fileOf(name)])) as Variant;

export async function ours(folder: string): Promise<Variant> {
  await buildHandlers(folder);
  return variant((name) => join(folder, name, 'index.js'));
}

/** The output of `esbuild --bundle --platform=node` for the same sources, with or without `--minify`. */
export async function esbuildOf(folder: string, { minify }: { minify: boolean }): Promise<Variant> {
  await build({
    entryPoints: HANDLERS,
    outdir: folder,
    bundle: true,
    platform: 'node',
    minify,
    absWorkingDir: PROJECT,
  });
  return variant((name) => join(folder, `${name}.js`));
}

/** The assets of `NodejsFunction` in an app with the context of `cdk init`: without the SDK, which Lambda provides. */
export function nodejsFunctions(folder: string): Variant {
  const context = {
    '@aws-cdk/aws-lambda-nodejs:sdkV3ExcludeSmithyPackages': true,
    'aws:cdk:enable-asset-metadata': true,
  };
  const app = new App({ outdir: folder, context });
  const stack = new Stack(app, 'Peer');
  return variant((name) => {
    const handler = new NodejsFunction(stack, name, {
      runtime: Runtime.NODEJS_24_X,
      entry: join(PROJECT, HANDLERS[name]),
      projectRoot: PROJECT,
      depsLockFilePath: join(PROJECT, 'package-lock.json'),
    });
    const asset = (handler.node.defaultChild as CfnFunction).getMetadata('aws:asset:path') as string;
    return join(folder, asset, 'index.js');
  });
}

/** A file per handler that loads the same modules of Node.js, and nothing else: a lower bound for every bundler. */
export function nodeAlone(folder: string, { ...bundles }: Variant): Variant {
  return variant((name) => {
    const modules = new Set(
      [...readFileSync(bundles[name], 'utf8').matchAll(/\brequire\("((?:node:)?[a-z_/]+)"\)/g)].map(
        ([, module]) => module,
      ),
    );
    const file = join(folder, `${name}.js`);
    writeFileSync(
      file,
      `${[...modules].map((module) => `require('${module}');`).join('\n')}\nexports.handler = async () => {};\n`,
    );
    return file;
  });
}
