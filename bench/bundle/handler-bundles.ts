import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MAX_BUNDLE_BYTES } from '../../build/handlers';
import { lambdaRuntimeModules, PROJECT } from '../../local/cloud/paths';
import { cloudFormationEvent } from '../../testing/cloudformation-events';
import { REFUSED, startRefusingServices } from '../../testing/refusing-services';
import type { Goal, Measured, Measurement } from '../measurement';
import { median } from '../statistics';
import type { HandlerName, Variant } from './variants';
import { esbuildDefaults, HANDLER_NAMES, nodeAlone, nodejsFunctions, ours } from './variants';

const ROUNDS = 25;
const GOAL = 0.5;

const OURS = 'ours';
const PEERS = ['esbuild, defaults', 'NodejsFunction, defaults'] as const;
const LIMIT = "Node.js's own modules alone";
const NAMES = [OURS, ...PEERS, LIMIT] as const;
type Name = (typeof NAMES)[number];

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
  title: 'Size of the handlers, and time to load them',
  method: `The handlers as the package has them, against the same sources bundled by \`esbuild --bundle --platform=node\` and by a \`NodejsFunction\` that is
told nothing but the entry, with the context of \`cdk init\`: that one leaves the SDK out, and gets it from a \`node_modules\` folder through \`NODE_PATH\`, as in
Lambda. The last row is a file that loads the same modules of Node.js as ours, and nothing else: no bundle is faster.

Every run is a process of its own on the Node.js major of the Lambda runtime, in turn, ${ROUNDS} rounds after one that does not count, whose order is turned
round each time; files are in the page cache. *Import* is the time of \`require\` of the handler, in which isComplete makes its clients too; *CPU* the processor
time in it, with all threads. *First answer* is from its start to the answer to a first event, which onEvent accepts, and for which isComplete asks S3 and
QuickSight over HTTP and is refused: nobody wins by loading later what is needed anyhow. Figures are medians, ratios medians of the ratios in each round.

How Lambda fetches and unpacks the code, its disk, and its share of a processor at little memory cannot be measured here; of what is measured, the ratios of
processor time say most about it.`,

  async measure(progress): Promise<Measured> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-bundle-'));
    const services = await startRefusingServices();
    try {
      progress('bundling');
      const variants = await bundleAll(folder);
      const runs: Run[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        progress(round === 0 ? 'a round that does not count' : `round ${round} of ${ROUNDS}`);
        for (const name of round % 2 ? NAMES : [...NAMES].reverse()) {
          for (const handler of HANDLER_NAMES)
            runs.push({
              round,
              handler,
              name,
              ...(await freshProcess(handler, name, variants[name], services.endpoint)),
            });
        }
      }
      const counted = runs.filter(({ round }) => round > 0);
      const bytes = (handler: HandlerName, name: Name) => statSync(variants[name][handler]).size;
      return { table: table(counted, bytes), goals: goals(counted, bytes), raw: counted };
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
    'esbuild, defaults': await esbuildDefaults(join(folder, 'esbuild')),
    'NodejsFunction, defaults': nodejsFunctions(join(folder, 'nodejs-function')),
    [LIMIT]: nodeAlone(folder, bundled),
  };
}

async function freshProcess(handler: HandlerName, name: Name, variant: Variant, endpoint: string): Promise<Times> {
  const event = { ...cloudFormationEvent('Create'), PhysicalResourceId: 'id', RequestedTime: Date.now() };
  const node = join(lambdaRuntimeModules(), '.bin', 'node');
  const { stdout } = await promisify(execFile)(
    node,
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
  const right = name === LIMIT || (handler === 'on-event' ? answer.result : answer.message?.includes(REFUSED));
  if (!right) throw new Error(`${handler} of ${name} did not answer as it should: ${JSON.stringify(answer)}`);
  return times;
}

const of = (runs: readonly Run[], handler: HandlerName, name: Name): Run[] =>
  runs.filter((run) => run.handler === handler && run.name === name);

/** Ours against the peer's. */
function ratio(runs: readonly Run[], handler: HandlerName, peer: Name, figure: keyof Times): number {
  const theirs = of(runs, handler, peer);
  return median(of(runs, handler, OURS).map((run, n) => run[figure] / (theirs[n] as Run)[figure]));
}

type Bytes = (handler: HandlerName, name: Name) => number;

function table(runs: readonly Run[], bytes: Bytes): Measured['table'] {
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
        name === LIMIT ? '–' : Math.round(bytes(handler, name) / 1024),
        ...figures.flatMap((figure) =>
          name === LIMIT && figure === 'answered'
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

function goals(runs: readonly Run[], bytes: Bytes): Goal[] {
  return HANDLER_NAMES.flatMap((handler): Goal[] => [
    ...PEERS.map((peer) => {
      const reached = ratio(runs, handler, peer, 'import');
      return {
        goal: `import of ${handler} in at most ${GOAL} × the time with ${peer}`,
        reached: `${reached.toFixed(2)} ×`,
        met: reached <= GOAL,
      };
    }),
    {
      goal: `${handler} in at most ${MAX_BUNDLE_BYTES[handler] / 1024} KiB`,
      reached: `${Math.round(bytes(handler, OURS) / 1024)} KiB`,
      met: bytes(handler, OURS) <= MAX_BUNDLE_BYTES[handler],
    },
  ]);
}
