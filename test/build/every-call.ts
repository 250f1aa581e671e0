import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { exportResourceRequest } from '../../lambda/export/export-request';
import { systemDependencies } from '../../lambda/export/system-dependencies';
import { assetArn, cloudFormationEvent } from '../../testing/cloudformation-events';

/*
 * A program that makes every call that isComplete can make of the SDK, once in each environment that it is given, and
 * prints what became of them. It is bundled as the handlers are, and as it stands, to see whether there is a difference.
 */

const { environments, port } = JSON.parse(process.argv[2] ?? '') as { environments: NodeJS.ProcessEnv[]; port: number };

// What would go to AWS goes to the recorder, which reads in the Host header where it would have gone.
https.request = ((options: http.RequestOptions, answered: () => void) =>
  http.request(
    { ...options, agent: undefined, protocol: 'http:', host: '127.0.0.1', port },
    answered,
  )) as typeof https.request;

async function* pieces(size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += 2 ** 20) yield Buffer.alloc(Math.min(2 ** 20, size - at), 'x');
}

const body = (size: number) => ({ bytes: pieces(size), size });

async function everyCall(): Promise<Record<string, unknown>> {
  const { quickSight, storeOf, fetch } = systemDependencies();
  const request = exportResourceRequest({
    ...cloudFormationEvent('Create'),
    PhysicalResourceId: 'id',
    RequestedTime: 0,
  });
  const store = storeOf({
    ArtifactBucket: 'artifacts',
    ArtifactPrefix: '',
    ArtifactKmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/k',
  });
  const calls: Record<string, () => Promise<unknown>> = {
    start: () =>
      quickSight.start(request, {
        ...request.properties,
        ExportFormat: 'CLOUDFORMATION_JSON',
        ValidationStrategy: { StrictModeForAllResources: true },
        CloudFormationOverridePropertyConfiguration: { Dashboards: [{ Arn: '*', Properties: ['Name'] }] },
      }),
    describe: () => quickSight.describe(request),
    dashboardErrors: () => quickSight.definitionErrors(assetArn('dashboard/d')),
    analysisErrors: () => quickSight.definitionErrors(assetArn('analysis/a')),
    checkBucket: () => store.checkBucket(),
    put: () => store.writeOnce('folder/a b+ü.qs', 'job', body(10), 'application/zip'),
    upload: () => store.writeOnce('large.qs', 'job', body(6 * 2 ** 20), 'application/zip'),
    find: () => store.find('key', 'job'),
    exists: () => store.exists('key', 'v1'),
    read: async () => text(await store.read({ key: 'key', versionId: 'v1' }, { start: 0, end: 4 })),
    readJson: () => store.readJson('key'),
    writeJson: () => store.writeJson('key', 'job', { a: 1 }),
    remove: () => store.remove(['key'], 'job'),
    fetch: async () => {
      const { body, ...answer } = await fetch(
        { scheme: 's3', bucket: 'bundles', key: 'key' },
        { offset: 2, etag: '"e"' },
      );
      return { ...answer, body: await text(body) };
    },
  };
  const outcomes: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(calls)) {
    outcomes[name] = await call().catch((error: Error) => ({ failed: error.name, ...error, message: error.message }));
    await tellRecorder(`end-of-call/${name}`);
  }
  return outcomes;
}

const tellRecorder = (path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: `/${path}` }, (response) => response.resume().on('end', resolve))
      .on('error', reject);
  });

async function main(): Promise<void> {
  const outcomes = [];
  for (const environment of environments) {
    for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_'))) delete process.env[name];
    Object.assign(process.env, environment);
    outcomes.push(await everyCall());
    await tellRecorder('end-of-environment');
  }
  process.stdout.write(JSON.stringify(outcomes));
}

void main();
