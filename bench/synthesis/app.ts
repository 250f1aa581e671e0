/**
 * A user's app as `cdk synth` runs it: node app.js KIND COUNT VALIDATION. Prints its figures as one line of JSON.
 */
import childProcess from 'node:child_process';
import { App, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cr from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { AssetBundleExport, QuickSightAsset } from '../../lib';
import type { Kind, Synthesis } from './synthesis';

/** Relative to the compiled app. */
const HANDLERS = `${__dirname}/../../lambda`;

/** Adds the exports of each kind of app to its stack. */
const ADD_EXPORTS: Record<Kind, (stack: Stack, count: number) => void> = {
  ours: (stack, count) =>
    each(
      count,
      (id) =>
        new AssetBundleExport(stack, id, {
          assets: [QuickSightAsset.dashboard(id)],
          includeAllDependencies: true,
        }),
    ),
  'one provider': (stack, count) => {
    const provider = bareProvider(stack);
    each(count, (id) => bareExport(stack, id, provider));
  },
  'a provider each': (stack, count) =>
    each(count, (id) => {
      const scope = new Construct(stack, id);
      bareExport(scope, 'Resource', bareProvider(scope));
    }),
};

function each(count: number, make: (id: string) => unknown): void {
  for (let n = 0; n < count; n += 1) make(`Export${n}`);
}

/** A provider with our handlers, without permissions or a bucket. */
function bareProvider(scope: Construct): cr.Provider {
  const handler = (id: string, folder: string) =>
    new lambda.Function(scope, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(`${HANDLERS}/${folder}`),
    });
  return new cr.Provider(scope, 'Provider', {
    onEventHandler: handler('OnEvent', 'on-event'),
    isCompleteHandler: handler('IsComplete', 'is-complete'),
  });
}

function bareExport(scope: Construct, id: string, { serviceToken }: cr.Provider): void {
  new CustomResource(scope, id, {
    serviceToken,
    resourceType: 'Custom::Export',
    serviceTimeout: Duration.minutes(35),
    properties: {
      ResourceArns: [Stack.of(scope).formatArn({ service: 'quicksight', resource: 'dashboard', resourceName: id })],
      ExportFormat: 'QUICKSIGHT_JSON',
      IncludeAllDependencies: true,
      ArtifactBucket: 'bucket',
    },
  });
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

/** Records each process that the app starts, such as a bundler. */
function recordProcesses(): string[] {
  const started: string[] = [];
  const functions = childProcess as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
    const start = functions[name] as (...args: unknown[]) => unknown;
    functions[name] = (...args) => {
      started.push(String(args[0]));
      return start(...args);
    };
  }
  return started;
}

function main(): void {
  const [, , kind, count, validation] = process.argv;
  const processes = recordProcesses();
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const app = new App({ builtinCloudFormationValidation: validation === 'with' });
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
  ADD_EXPORTS[kind as Kind](stack, Number(count));
  const [artifact] = app.synth().stacks;
  const synthesis: Synthesis = {
    synthesis: performance.now() - begin,
    synthesisCpu: milliseconds(process.cpuUsage(cpu)),
    cpu: milliseconds(process.cpuUsage()),
    processes,
    resources: Object.values((artifact?.template as { Resources: Record<string, { Type: string }> }).Resources).map(
      ({ Type }) => Type,
    ),
  };
  console.log(JSON.stringify(synthesis));
}

main();
