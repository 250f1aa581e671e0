import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of package.json. */
export const PROJECT = resolve(__dirname, '..', '..');

const SET_UP = 'Run `node local/setup.mjs`, which `npm start` and `npm test` also run';
const SET_UP_AWS_CLI = 'Run `node local/setup.mjs --with-aws-cli`, which `npm test` also runs';

function installed(name: string, candidates: readonly string[], setUp: string): string {
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed: ${candidates[0]} does not exist. ${setUp}.`);
  return found;
}

/** The possible paths of an executable in a Python virtual environment: POSIX and Windows. */
const inEnvironment = (folder: string, name: string) => [
  join(folder, 'bin', name),
  join(folder, 'Scripts', `${name}.exe`),
];

/** The Python of the virtual environment with MiniStack. */
export const ministackPython = () => installed('MiniStack', inEnvironment(join(PROJECT, '.venv'), 'python'), SET_UP);

/** The modules of the Lambda runtime: `node` in the major version of the runtime, and the SDK clients of the provider framework. */
export const lambdaRuntimeModules = () =>
  installed('The Lambda runtime', [join(PROJECT, 'local', 'lambda-node', 'node_modules')], SET_UP);

/** The AWS CLI, in its own virtual environment: it requires another botocore than MiniStack. */
export const awsCli = () =>
  installed('The AWS CLI', inEnvironment(join(PROJECT, '.local', 'aws-cli'), 'aws'), SET_UP_AWS_CLI);

/** The script of the project's CDK CLI. Node.js runs it without a shell in between. */
export const cdkCli = () => installed('The CDK CLI', [join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk')], SET_UP);
