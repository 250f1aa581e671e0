import { CdkError, LocalCloud, requireFree } from './cloud';
import { QuickSightStandIn } from './quicksight';
import type { Account } from './start/account';
import { accountOf } from './start/account';
import { CommandLine } from './start/command-line';
import type { StartOptions } from './start/options';
import { print } from './start/print';
import { failures, withProgress } from './start/progress';
import type { Outputs } from './start/result';
import { save, saveManifests, table } from './start/result';
import { Session } from './start/session';

/** The app in cdk.json without npx, which needs a second to find tsx. */
const APP = 'node --import tsx bin/sample/app.ts';

/** `npm start`: deploys the sample app to a local cloud, as `cdk deploy` deploys it to an account. */
export async function main(options: StartOptions): Promise<void> {
  const session = new Session();
  try {
    await session.run(() => start(options, session));
  } catch (error) {
    if (!session.stopping) console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    await session.stop();
  }
}

async function start(options: StartOptions, session: Session): Promise<void> {
  const account = await accountOf(options);
  await requireFreePort('--port', options.port);
  await requireFreePort('--quicksight-port', options.quicksightPort);
  const standIn = new QuickSightStandIn({
    assets: account.catalog,
    missingDependencies: options.bundle === undefined ? 'fail' : 'skip',
  });
  session.stopLater(() => standIn.stop());
  const { url } = await standIn.start({ port: options.quicksightPort });
  print('QuickSight', `The stand-in runs at ${url} with ${account.catalog.all().length} assets.`);
  print('QuickSight', `Assets to export: ${account.assets.join(', ')}`);

  const cloud = await LocalCloud.start({ quickSightUrl: url, port: options.port });
  session.stopLater(() => cloud.stop());
  print('cloud', `The local cloud (MiniStack) runs at ${cloud.endpoint}.`);

  const outputs = await deploy(cloud, standIn, account, options);
  console.log(`\n${table(outputs)}\n`);
  const { bundle, manifest } = await save(cloud, outputs);
  console.log(`Bundle:   ${bundle.path}\nManifest: ${manifest.path}\n`);
  await new CommandLine().report(bundle.path);
  if (options.keep) await keep(cloud, session);
}

async function requireFreePort(option: string, port: number | undefined): Promise<void> {
  if (port === undefined) return;
  await requireFree(port).catch((error: Error) => {
    throw new Error(`${option}: ${error.message}`, { cause: error });
  });
}

async function deploy(
  cloud: LocalCloud,
  standIn: QuickSightStandIn,
  { assets }: Account,
  { format }: StartOptions,
): Promise<Outputs> {
  print('cdk', 'Bootstrapping the account and synthesizing the sample app …');
  const context = { assets: assets.join(','), exportFormat: format };
  const [assembly] = await Promise.all([cloud.synth({ app: APP, context }), cloud.bootstrap()]);
  const [stack = ''] = assembly.stacks;
  print('cdk', `Deploying the stack ${stack} …`);
  try {
    const deployment = cloud.deploy({ app: assembly.folder });
    const { outputs } = await withProgress(stack, cloud, standIn, deployment);
    return outputs[stack] ?? {};
  } catch (error) {
    throw error instanceof CdkError ? await explained(error, cloud, stack) : error;
  }
}

/** An error with the reasons in the events of the stack, or else the error of the CLI. */
async function explained(error: CdkError, cloud: LocalCloud, stack: string): Promise<Error> {
  const reasons = failures(await cloud.stackEvents(stack).catch(() => []));
  if (reasons.length === 0) return error;
  const manifests = await saveManifests(cloud, reasons.join('\n'));
  const copies = manifests.map(({ path }) => `\nThe local cloud stops now. A copy of the manifest is in ${path}`);
  return new Error(`The deployment failed:\n${reasons.join('\n')}${copies.join('')}`, { cause: error });
}

const CLIENT_VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_QUICKSIGHT',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_REGION',
];

async function keep(cloud: LocalCloud, session: Session): Promise<void> {
  const variables = cloud.environmentVariables();
  console.log('\nThe local cloud runs until you press Ctrl-C. To use it from another terminal:');
  console.log(`  export ${CLIENT_VARIABLES.map((name) => `${name}=${variables[name]}`).join(' ')}`);
  await session.ended;
}
