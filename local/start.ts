import { CdkError, LocalCloud, requireFree } from './cloud';
import { QuickSightStandIn } from './quicksight';
import type { Account } from './start/account';
import { accountOf } from './start/account';
import { failures, following } from './start/follow';
import type { StartOptions } from './start/options';
import { startOptions } from './start/options';
import { print } from './start/print';
import { contents, save, saveManifests, table } from './start/result';
import { Session } from './start/session';

/** As in bin/sample/stack.ts. */
const STACK = 'QuickSightAssetBundleExportSample';
/** What cdk.json says, less npx, which takes a second to find it. */
const APP = 'node --import tsx bin/sample/app.ts';

/** `npm start`: what `cdk deploy` of the sample app does, all of it on this machine. */
export async function main(argv: readonly string[]): Promise<void> {
  const session = new Session();
  try {
    const options = startOptions(argv);
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
  print(
    'QuickSight',
    `stand-in at ${url} with ${account.catalog.all().length} assets; exporting ${account.assets.join(', ')}`,
  );

  const cloud = await LocalCloud.start({ quickSightUrl: url, port: options.port });
  session.stopLater(() => cloud.stop());
  print('cloud', `MiniStack at ${cloud.endpoint}; bootstrapping and synthesizing …`);

  const outputs = await deploy(cloud, standIn, account, options);
  console.log(`\n${table(outputs)}\n`);
  const { bundle, manifest } = await save(cloud, outputs);
  console.log(`Bundle:   ${bundle.path}\nManifest: ${manifest.path}\n`);
  console.log(
    options.format === 'QUICKSIGHT_JSON'
      ? 'The bundle is a zip file that holds:'
      : 'The bundle is a CloudFormation template of:',
  );
  for (const line of await contents(bundle)) console.log(`  ${line}`);
  if (options.keep) await keep(cloud, session);
}

async function requireFreePort(option: string, port: number | undefined): Promise<void> {
  if (port === undefined) return;
  await requireFree(port).catch((error: Error) => {
    throw new Error(`${option}: ${error.message}`, { cause: error });
  });
}

async function deploy(cloud: LocalCloud, standIn: QuickSightStandIn, { assets }: Account, { format }: StartOptions) {
  const context = { assets: assets.join(','), exportFormat: format };
  try {
    const [{ folder: app }] = await Promise.all([cloud.synth({ app: APP, context }), cloud.bootstrap()]);
    print('cdk', `deploy ${STACK}`);
    const { outputs } = await following(STACK, cloud, standIn, cloud.deploy({ app }));
    return outputs[STACK] ?? {};
  } catch (error) {
    if (!(error instanceof CdkError)) throw error;
    const reasons = failures(await cloud.stackEvents(STACK).catch(() => []));
    if (reasons.length === 0) throw error;
    const manifests = await saveManifests(cloud, reasons.join('\n'));
    const saved = manifests.map(({ path }) => `\nThe local cloud ends now; the manifest is kept as ${path}`).join('');
    throw new Error(`The deployment failed:\n${reasons.join('\n')}${saved}`, { cause: error });
  }
}

async function keep(cloud: LocalCloud, session: Session): Promise<void> {
  const names = [
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_QUICKSIGHT',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_REGION',
  ];
  console.log(
    `\nThe local cloud goes on running until Ctrl-C. To use it from another terminal:\n  export ${names.map((name) => `${name}=${cloud.environmentVariables()[name]}`).join(' ')}`,
  );
  await session.ended;
}
