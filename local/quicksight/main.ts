import { parseArgs } from 'node:util';
import type { AssetCatalog, RequestRecord } from './index';
import { loadBundle, loadFolder, QuickSightStandIn } from './index';

const USAGE = `Usage: npm run stand-in -- --assets FOLDER | --bundle FILE [options]

Runs a local stand-in for the asset bundle export jobs of Amazon QuickSight, for SDKs and the AWS CLI.

Options:
  --assets FOLDER            Folder with definitions of assets: {type}/{id}.json.
  --bundle FILE              Bundle (.qs file) with the assets.
  --account ID               The only account with the assets. Default: every account.
  --region REGION            The only Region with the assets. Default: every Region.
  --port PORT                Port on 127.0.0.1. 0 (default) selects a free one.
  --queued-seconds NUMBER    Time that a job is queued. Default: 1.
  --running-seconds NUMBER   Time that a job runs after that. Default: 4.
  --quiet                    Do not print requests.
  --help                     Show this help.`;

interface Options {
  readonly assets?: string;
  readonly bundle?: string;
  readonly account?: string;
  readonly region?: string;
  readonly port: number;
  readonly queuedSeconds: number;
  readonly runningSeconds: number;
  readonly quiet: boolean;
}

/** The options of the command line, or undefined for --help. @throws Error for an invalid option. */
function parseOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      assets: { type: 'string' },
      bundle: { type: 'string' },
      account: { type: 'string' },
      region: { type: 'string' },
      port: { type: 'string', default: '0' },
      'queued-seconds': { type: 'string', default: '1' },
      'running-seconds': { type: 'string', default: '4' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { help, port, 'queued-seconds': queued, 'running-seconds': running, ...others } = values;
  if (help) return undefined;
  if ((others.assets === undefined) === (others.bundle === undefined))
    throw new Error('Use either --assets FOLDER or --bundle FILE.qs.');
  if (others.account !== undefined && !/^\d{12}$/.test(others.account))
    throw new Error(`--account ${others.account}: use an account id of 12 digits.`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new Error(`--port ${port}: use a port from 0 to 65535.`);
  return {
    ...others,
    port: Number(port),
    queuedSeconds: seconds('--queued-seconds', queued),
    runningSeconds: seconds('--running-seconds', running),
  };
}

function seconds(option: string, text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`${option} ${text}: use a number of seconds.`);
  return Number(text);
}

async function main(): Promise<void> {
  const options = parseOptions();
  if (options === undefined) return console.log(USAGE);
  const catalog = await (options.assets === undefined ? loadBundle(options.bundle ?? '') : loadFolder(options.assets));
  const standIn = new QuickSightStandIn({
    assets: ({ account, region }) =>
      (options.account ?? account) === account && (options.region ?? region) === region ? catalog : undefined,
    durations: { queuedMs: options.queuedSeconds * 1000, runningMs: options.runningSeconds * 1000 },
    onRequest: options.quiet ? undefined : (request) => console.log(line(request)),
  });
  const { url } = await standIn.start({ port: options.port });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.stop());
  console.log(instructions(url, catalog, options));
}

function instructions(
  url: string,
  catalog: AssetCatalog,
  { account = '123456789012', region = 'us-east-1' }: Options,
): string {
  const arns = catalog.arns(account, region);
  const example = arns.find((arn) => arn.includes(':dashboard/')) ?? arns[0] ?? '';
  return [
    `QuickSight stand-in: ${url}`,
    `${arns.length} assets:`,
    ...arns.map((arn) => `  ${arn}`),
    'To use it, with any credentials:',
    `  export AWS_ENDPOINT_URL_QUICKSIGHT=${url} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=${region}`,
    `  aws quicksight start-asset-bundle-export-job --aws-account-id ${account} --asset-bundle-export-job-id job-1 \\`,
    `    --export-format QUICKSIGHT_JSON --include-all-dependencies --resource-arns ${example}`,
    `  aws quicksight describe-asset-bundle-export-job --aws-account-id ${account} --asset-bundle-export-job-id job-1`,
    'Press Ctrl-C to stop it.',
  ].join('\n');
}

function line({ at, operation, account, region, jobId, status, error }: RequestRecord): string {
  const outcome = `${status ?? 'no answer'}${error ? ` ${error}` : ''}`;
  return [new Date(at).toISOString().slice(11, 19), operation, account, region, jobId, outcome]
    .filter(Boolean)
    .join(' ');
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
