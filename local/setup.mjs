// Installs and builds everything that `npm start` and `npm test` need, unless it is up to date. Runs before `npm ci`, and so
// has no dependencies.
//   node local/setup.mjs [--with-aws-cli] [--with-library]
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { build } from './set-up/build.mjs';
import { SetUpError } from './set-up/command.mjs';
import { exclusively } from './set-up/lock.mjs';
import { npmCi } from './set-up/npm.mjs';
import { findPython, virtualEnvironment } from './set-up/python.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(HERE, '..');
/** As `engines` in package.json. */
const MINIMUM_NODE = [20, 16];

export async function setUp({ withLocalCloud = true, withAwsCli = false, withLibrary = false } = {}) {
  await exclusively(join(PROJECT, '.local', 'set-up.lock'), async () => {
    const python = once(findPython);
    const requirements = (name) => join(HERE, 'cloud', name);
    const virtualEnvironments = [
      withLocalCloud &&
        virtualEnvironment('Installing MiniStack', join(PROJECT, '.venv'), requirements('requirements.txt'), python),
      withAwsCli &&
        virtualEnvironment(
          'Installing the AWS CLI',
          join(PROJECT, '.local', 'aws-cli'),
          requirements('requirements-aws-cli.txt'),
          python,
        ),
    ].filter(Boolean);
    // Report a missing Python at once, and not after minutes.
    if (virtualEnvironments.length > 0) await python();
    await allOf([
      inTurn([
        () => npmCi('Installing the dependencies', PROJECT),
        () => build('Building the handlers and the command line', PROJECT, 'build:programs', PROGRAMS),
        () => withLibrary && build('Building the library', PROJECT, 'build:lib', LIBRARY),
      ]),
      inTurn([
        ...virtualEnvironments.map((step) => () => step),
        () => withLocalCloud && npmCi('Installing the Lambda runtime', join(HERE, 'lambda-node')),
      ]),
    ]);
  });
}

const LOCK = ['package.json', 'package-lock.json'];
const PROGRAMS = {
  inputs: ['lambda', 'cli', 'bundle', 'lib/contract', 'build', ...LOCK],
  outputs: [
    'dist/lambda/on-event/index.js',
    'dist/lambda/is-complete/index.js',
    'dist/cli/main.js',
    'THIRD-PARTY-LICENSES',
  ],
};
const LIBRARY = { inputs: ['lib', 'tsconfig.jsii.json', 'README.md', ...LOCK], outputs: ['.jsii', 'dist/lib'] };

/** @throws SetUpError for a Node.js version that the project does not support. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  throw new SetUpError(
    `Node.js ${process.versions.node} is too old. Install Node.js ${MINIMUM_NODE.join('.')} or later.`,
  );
}

/** Runs the steps one after another. A step decides when its turn comes whether there is anything to do. */
async function inTurn(steps) {
  for (const step of steps) {
    const { title, work } = step() || {};
    if (!work) continue;
    const start = Date.now();
    console.log(`${title} …`);
    await work();
    console.log(`${title}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
}

/** Like Promise.all, but rejects only after all promises are settled. */
async function allOf(promises) {
  const failed = (await Promise.allSettled(promises)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function once(work) {
  let result;
  return () => (result ??= work());
}

/** Returns the result of the work. When it fails, prints the error and exits. */
export async function orExplain(work) {
  try {
    return await work();
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    process.exit(1);
  }
}

function parseFlags(args) {
  try {
    const { values } = util.parseArgs({
      args,
      options: { 'with-aws-cli': { type: 'boolean' }, 'with-library': { type: 'boolean' } },
    });
    return { withAwsCli: values['with-aws-cli'], withLibrary: values['with-library'] };
  } catch (error) {
    throw new SetUpError(`${error.message}. The options are --with-aws-cli and --with-library.`);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await orExplain(() => {
    requireNode();
    return setUp(parseFlags(process.argv.slice(2)));
  });
