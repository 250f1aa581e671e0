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

/** Each handler's file. */
export type Variant = Record<HandlerName, string>;

const variant = (fileOf: (name: HandlerName) => string): Variant =>
  Object.fromEntries(HANDLER_NAMES.map((name) => [name, fileOf(name)])) as Variant;

export async function ours(folder: string): Promise<Variant> {
  await buildHandlers(folder);
  return variant((name) => join(folder, name, 'index.js'));
}

/** What `esbuild --bundle --platform=node` makes of the same sources. */
export async function esbuildDefaults(folder: string): Promise<Variant> {
  await build({ entryPoints: HANDLERS, outdir: folder, bundle: true, platform: 'node', absWorkingDir: PROJECT });
  return variant((name) => join(folder, `${name}.js`));
}

/** What the construct makes of them in an app with the context of `cdk init`: without the SDK, which Lambda has. */
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

/** The modules of Node.js that our handlers load, and nothing else: what no bundling can be faster than. */
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
