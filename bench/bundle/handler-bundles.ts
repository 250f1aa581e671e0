import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lambdaRuntimeModules, PROJECT } from '../../local/cloud/paths';
import { cloudFormationEvent } from '../../testing/cloudformation-events';
import { REFUSED, startRefusingServices } from '../../testing/refusing-services';
import type { Goal, Measured, Measurement } from '../measurement';
import { median } from '../statistics';
import type { HandlerName, Variant } from './variants';
import { esbuildOf, HANDLER_NAMES, nodeAlone, nodejsFunctions, ours } from './variants';

const ROUNDS = 25;

const OURS = 'ours';
const MINIFIED = 'esbuild --minify';
const LOWER_BOUND = 'Node.js modules alone';
const NAMES = [OURS, MINIFIED, 'esbuild', 'NodejsFunction', LOWER_BOUND] as const;
type Name = (typeof NAMES)[number];

/** The largest ratio of import times, and the variant that is compared. */
const GOALS: Record<HandlerName, { readonly ratio: number; readonly to: Name }> = {
  'on-event': { ratio: 2, to: LOWER_BOUND },
  'is-complete': { ratio: 0.5, to: MINIFIED },
};

interface Times {
  readonly import: number;
  readonly cpu: number;
  /** From the start of the import to the answer to the first event. */
  readonly answered: number;
}

interface Run extends Times {
  readonly round: number;
  readonly handler: HandlerName;
  readonly name: Name;
}

export const handlerBundles: Measurement = {
  id: 'P5',
  title: 'Size and import time of the handlers',
  method: `The bundles of the package, compared with bundles of the same sources by \`esbuild --bundle --platform=node\`, with and without
\`--minify\`, and by a \`NodejsFunction\` with default properties and the context of \`cdk init\`. The asset of the \`NodejsFunction\` does not contain
the SDK. As in Lambda, it loads the SDK from a folder in \`NODE_PATH\`. The last row of a handler is a file that loads the same modules of Node.js and
nothing else. It is the lower bound for every bundler.

Each run is a process of its own with the Node.js version of the Lambda runtime. The variants run in turn, in reverse order every second round, for
${ROUNDS} rounds after one that is not counted. Files are in the page cache. *Import* is the duration of \`require\` of the handler, in which isComplete also
creates its clients. *CPU* is the processor time of the import in all threads. *First answer* is the time from the start of the import to the answer to the
first event: onEvent accepts it, and isComplete sends HTTP requests to S3 and QuickSight, which refuses. So a variant gains nothing by loading
later what the handler needs anyway. Figures are medians. Ratios are medians of the ratios of each round.

onEvent needs no SDK, and every bundler removes it. Its import time is therefore compared with the lower bound.

The download and unpacking of the code by Lambda, its disk, and its share of a processor at small memory sizes cannot be measured here. The ratios of
processor time are the best estimate of them.`,

  async measure(progress): Promise<Measured> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-bundle-'));
    const services = await startRefusingServices();
    try {
      progress('bundling');
      const variants = await bundleAll(folder);
      const runs: Run[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        progress(round === 0 ? 'round that is not counted' : `round ${round} of ${ROUNDS}`);
        for (const name of round % 2 ? NAMES : [...NAMES].reverse()) {
          for (const handler of HANDLER_NAMES) {
            const times = await measureProcess(handler, name, variants[name], services.endpoint);
            runs.push({ round, handler, name, ...times });
          }
        }
      }
      const counted = runs.filter(({ round }) => round > 0);
      const bytes = (handler: HandlerName, name: Name) => statSync(variants[name][handler]).size;
      return { table: table(counted, bytes), goals: goals(counted), raw: counted };
    } finally {
      services.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function bundleAll(folder: string): Promise<Record<Name, Variant>> {
  const bundled = await ours(join(folder, 'ours'));
  return {
    [OURS]: bundled,
    [MINIFIED]: await esbuildOf(join(folder, 'esbuild-minify'), { minify: true }),
    esbuild: await esbuildOf(join(folder, 'esbuild'), { minify: false }),
    NodejsFunction: nodejsFunctions(join(folder, 'nodejs-function')),
    [LOWER_BOUND]: nodeAlone(folder, bundled),
  };
}

async function measureProcess(handler: HandlerName, name: Name, variant: Variant, endpoint: string): Promise<Times> {
  const event = { ...cloudFormationEvent('Create'), PhysicalResourceId: 'id', RequestedTime: Date.now() };
  const { stdout } = await promisify(execFile)(
    join(lambdaRuntimeModules(), '.bin', 'node'),
    [join(PROJECT, 'testing', 'handler-process.mjs'), variant[handler], JSON.stringify(event)],
    {
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token',
        AWS_ENDPOINT_URL: endpoint,
        NODE_PATH: join(PROJECT, 'node_modules'),
      },
    },
  );
  const { answer, ...times } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Times & {
    answer: { message?: string; result?: object };
  };
  const isExpected =
    name === LOWER_BOUND || (handler === 'on-event' ? answer.result : answer.message?.includes(REFUSED));
  if (!isExpected) throw new Error(`Unexpected answer of ${handler} by ${name}: ${JSON.stringify(answer)}`);
  return times;
}

const of = (runs: readonly Run[], handler: HandlerName, name: Name): Run[] =>
  runs.filter((run) => run.handler === handler && run.name === name);

/** The median ratio of our figure to that of the other variant. */
function ratio(runs: readonly Run[], handler: HandlerName, other: Name, figure: keyof Times): number {
  const theirs = of(runs, handler, other);
  return median(of(runs, handler, OURS).map((run, n) => run[figure] / (theirs[n] as Run)[figure]));
}

function table(runs: readonly Run[], bytes: (handler: HandlerName, name: Name) => number): Measured['table'] {
  const figures = ['import', 'cpu', 'answered'] as const;
  return {
    columns: [
      'handler',
      'bundled by',
      'KiB',
      ...['import', 'CPU', 'first answer'].flatMap((figure) => [figure, 'ours to it']),
    ],
    rows: HANDLER_NAMES.flatMap((handler) =>
      NAMES.map((name) => [
        handler,
        name,
        name === LOWER_BOUND ? '–' : Math.round(bytes(handler, name) / 1024),
        ...figures.flatMap((figure) =>
          name === LOWER_BOUND && figure === 'answered'
            ? ['–', '–']
            : [
                `${median(of(runs, handler, name).map((run) => run[figure])).toFixed(1)} ms`,
                name === OURS ? '' : `${ratio(runs, handler, name, figure).toFixed(2)} ×`,
              ],
        ),
      ]),
    ),
  };
}

function goals(runs: readonly Run[]): Goal[] {
  return HANDLER_NAMES.map((handler) => {
    const { ratio: goal, to } = GOALS[handler];
    const reached = ratio(runs, handler, to, 'import');
    return {
      goal: `import time of ${handler} at most ${goal} × ${to}`,
      reached: `${reached.toFixed(2)} ×`,
      met: reached <= goal,
    };
  });
}
