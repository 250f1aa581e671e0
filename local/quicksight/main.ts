import { Command, InvalidArgumentError, Option } from 'commander';
import type { AssetCatalog, RequestRecord } from './index';
import { loadBundle, loadFolder, QuickSightStandIn } from './index';

interface Flags {
  readonly assets?: string;
  readonly bundle?: string;
  readonly account?: string;
  readonly region?: string;
  readonly port: number;
  readonly queuedSeconds: number;
  readonly runningSeconds: number;
  readonly quiet?: boolean;
}

const seconds = (text: string) => number(text, /^\d+(\.\d+)?$/, 'a number of seconds');
const port = (text: string) =>
  number(
    text,
    /^([0-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
    'a port (0 to 65535; 0 takes any free one)',
  );

function number(text: string, pattern: RegExp, what: string): number {
  if (!pattern.test(text)) throw new InvalidArgumentError(`It is not ${what}.`);
  return Number(text);
}

function account(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('It is not an account ID of 12 digits.');
  return text;
}

const command = new Command('quicksight')
  .description(
    'A local stand-in for the asset-bundle export jobs of Amazon QuickSight, which SDKs and the AWS CLI talk to.',
  )
  .addOption(new Option('--assets <folder>', 'a folder of definitions, {type}/{id}.json').conflicts('bundle'))
  .addOption(new Option('--bundle <file>', 'a bundle whose assets to take, a .qs file'))
  .addOption(
    new Option('--account <id>', 'the only account that has the assets (default: every account)').argParser(account),
  )
  .addOption(new Option('--region <name>', 'the only region that has them (default: every region)'))
  .addOption(new Option('--port <number>', 'the port on 127.0.0.1; 0 takes any free one').argParser(port).default(0))
  .addOption(new Option('--queued-seconds <number>', 'how long a job is queued').argParser(seconds).default(1))
  .addOption(new Option('--running-seconds <number>', 'how long it runs then').argParser(seconds).default(4))
  .addOption(new Option('--quiet', 'do not print the requests'));

async function main(flags: Flags): Promise<void> {
  const catalog = await load(flags);
  const standIn = new QuickSightStandIn({
    assets: ({ account, region }) =>
      (flags.account ?? account) === account && (flags.region ?? region) === region ? catalog : undefined,
    durations: { queuedMs: flags.queuedSeconds * 1000, runningMs: flags.runningSeconds * 1000 },
    onRequest: flags.quiet ? undefined : (request) => console.log(line(request)),
  });
  const { url } = await standIn.start({ port: flags.port });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void standIn.stop());
  console.log(usage(url, catalog, flags));
}

function load({ assets, bundle }: Flags): Promise<AssetCatalog> {
  if (assets !== undefined) return loadFolder(assets);
  if (bundle !== undefined) return loadBundle(bundle);
  throw new Error('There are no assets to export: say --assets FOLDER or --bundle FILE.qs.');
}

function usage(
  url: string,
  catalog: AssetCatalog,
  { account: id = '123456789012', region = 'us-east-1' }: Flags,
): string {
  const arns = catalog.arns(id, region);
  const example = arns.find((arn) => arn.includes(':dashboard/')) ?? arns[0] ?? '';
  return [
    `QuickSight stand-in: ${url}`,
    `${arns.length} assets:`,
    ...arns.map((arn) => `  ${arn}`),
    'Use it like this, with any credentials:',
    `  export AWS_ENDPOINT_URL_QUICKSIGHT=${url} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=${region}`,
    `  aws quicksight start-asset-bundle-export-job --aws-account-id ${id} --asset-bundle-export-job-id job-1 \\`,
    `    --export-format QUICKSIGHT_JSON --include-all-dependencies --resource-arns ${example}`,
    `  aws quicksight describe-asset-bundle-export-job --aws-account-id ${id} --asset-bundle-export-job-id job-1`,
    'Ctrl-C ends it.',
  ].join('\n');
}

function line({ at, operation, account: id, region, jobId, status, error }: RequestRecord): string {
  const outcome = `${status ?? 'no answer'}${error ? ` ${error}` : ''}`;
  return [new Date(at).toISOString().slice(11, 19), operation, id, region, jobId, outcome].filter(Boolean).join(' ');
}

main(command.parse().opts<Flags>()).catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
