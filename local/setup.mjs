// Installs and builds all that `npm start` and `npm test` need, and does nothing about what is there already. It runs before
// `npm ci` did, so it has no dependencies.
//   node local/setup.mjs [--with-aws-cli] [--with-library]
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './set-up/build.mjs';
import { SetUpError } from './set-up/command.mjs';
import { exclusively } from './set-up/lock.mjs';
import { npmCi } from './set-up/npm.mjs';
import { environment, findPython } from './set-up/python.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(HERE, '..');
const NODE = [20, 16];

export async function setUp({ withAwsCli = false, withLibrary = false } = {}) {
  requireNode();
  await exclusively(join(PROJECT, '.local', 'set-up.lock'), async () => {
    const python = once(findPython);
    const dependencies = npmCi('Installing the dependencies', PROJECT);
    const environments = [
      [
        'MiniStack',
        environment('Installing MiniStack', join(PROJECT, '.venv'), join(HERE, 'cloud', 'requirements.txt'), python),
      ],
      ...(withAwsCli
        ? [
            [
              'AWS CLI',
              environment(
                'Installing the AWS CLI',
                join(PROJECT, '.local', 'aws-cli'),
                join(HERE, 'cloud', 'requirements-aws-cli.txt'),
                python,
              ),
            ],
          ]
        : []),
    ];
    // A lack of Python is said at once, and not after minutes.
    if (environments.some(([, work]) => work)) await python();
    await allOf([
      inTurn([
        ['dependencies', () => dependencies],
        ['handlers', () => build('Building the handlers', PROJECT, 'build:lambda', HANDLERS)],
        ...(withLibrary ? [['library', () => build('Building the library', PROJECT, 'build:lib', LIBRARY)]] : []),
      ]),
      inTurn([
        ...environments.map(([name, work]) => [name, () => work]),
        ['the Lambda runtime', () => npmCi('Installing what the Lambda runtime has', join(HERE, 'lambda-node'))],
      ]),
    ]);
  });
}

const LOCK = ['package.json', 'package-lock.json'];
const HANDLERS = {
  inputs: ['lambda', 'bundle', 'lib/contract', 'build', ...LOCK],
  outputs: ['dist/lambda/on-event/index.js', 'dist/lambda/is-complete/index.js'],
};
const LIBRARY = { inputs: ['lib', 'tsconfig.jsii.json', 'README.md', ...LOCK], outputs: ['.jsii', 'dist/lib'] };

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  throw new SetUpError(
    `Node.js ${NODE.join('.')} or later is needed, and this is ${process.versions.node}: install a newer one.`,
  );
}

/** Steps one after another; each says at its turn whether there is anything to do. */
async function inTurn(steps) {
  for (const [name, step] of steps) {
    const work = step();
    if (!work) continue;
    const begin = Date.now();
    console.log(`Set-up: ${name} …`);
    await work();
    console.log(`Set-up: ${name} done in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  }
}

/** As Promise.all, but nothing is still at work when it rejects. */
async function allOf(works) {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function once(work) {
  let result;
  return () => (result ??= work());
}

/** Ends the process with one sentence when something is amiss that the person at the keyboard can mend. */
export async function orExplain(work) {
  try {
    await work;
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    process.exit(1);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const flags = process.argv.slice(2);
  const unknown = flags.find((flag) => !['--with-aws-cli', '--with-library'].includes(flag));
  if (unknown !== undefined) {
    await orExplain(
      Promise.reject(new SetUpError(`${unknown} is no option: there are --with-aws-cli and --with-library.`)),
    );
  }
  await orExplain(
    setUp({ withAwsCli: flags.includes('--with-aws-cli'), withLibrary: flags.includes('--with-library') }),
  );
}
