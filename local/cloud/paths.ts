import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of package.json. */
export const PROJECT = resolve(__dirname, '..', '..');

const SET_UP = 'run `npm start` or `npm test`, which set everything up, or `node local/setup.mjs`';
const SET_UP_AWS_CLI = 'run `npm test`, which sets it up, or `node local/setup.mjs --with-aws-cli`';

function installed(what: string, candidates: readonly string[], setUp: string): string {
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${what} is not installed (no ${candidates[0]}): ${setUp}.`);
  return found;
}

/** The executable `name` of a Python virtual environment, where Windows and the others keep it. */
const inEnvironment = (folder: string, name: string) => [
  join(folder, 'bin', name),
  join(folder, 'Scripts', `${name}.exe`),
];

/** The Python that has MiniStack. */
export const ministackPython = () => installed('MiniStack', inEnvironment(join(PROJECT, '.venv'), 'python'), SET_UP);

/** The folder with what the Lambda runtime has: a `node` of its own major, and of the AWS SDK what the provider framework uses. */
export const lambdaRuntimeModules = () =>
  installed('What the Lambda runtime has', [join(PROJECT, 'local', 'lambda-node', 'node_modules')], SET_UP);

/** The AWS CLI, in an environment of its own: its botocore and the one that MiniStack pins differ. */
export const awsCli = () =>
  installed('The AWS CLI', inEnvironment(join(PROJECT, '.local', 'aws-cli'), 'aws'), SET_UP_AWS_CLI);

/** The `cdk` command of the project. It is a script, started with Node.js, so that no shell stands between. */
export const cdkCli = () => installed('The CDK CLI', [join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk')], SET_UP);
