import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as quicksight from '@aws-sdk/client-quicksight';
import * as s3 from '@aws-sdk/client-s3';
import type { Metafile } from 'esbuild';
import { buildHandlers, MAX_BUNDLE_BYTES, PROJECT } from '../../build/handlers';
import { thirdPartyLicenses } from '../../build/licenses';
import { jobIdOf } from '../../lambda/lifecycle/job-request';
import { lambdaRuntimeModules } from '../../local/cloud/paths';
import { cloudFormationEvent } from '../../testing/cloudformation-events';
import { REFUSED, startRefusingServices } from '../../testing/refusing-services';

let folder: string;
let metafile: Metafile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'));
  metafile = await buildHandlers(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (handler: string): string => join(folder, handler, 'index.js');

const code = (handler: string): string => readFileSync(fileOf(handler), 'utf8');

/** The modules that esbuild did not remove from the bundle. */
function modulesOf(handler: string): string[] {
  const [, output] = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`${handler}/index.js`)) ?? [];
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

/** The HTTP methods and paths of the operations in the bundle. */
const operationsIn = (text: string): string[] =>
  [...text.matchAll(/\["(?:GET|PUT|POST|DELETE|HEAD)","[^"]+",\d+\]/g)]
    .map(([http]) => (JSON.parse(http) as string[]).slice(0, 2).join(' '))
    .sort();

test.each(['on-event', 'is-complete'] as const)('the bundle of %s is not larger than its limit', (handler) => {
  expect(Buffer.byteLength(code(handler))).toBeLessThanOrEqual(MAX_BUNDLE_BYTES[handler]);
});

test('onEvent is bundled without the SDK and without the reading of bundles', () => {
  const modules = modulesOf('on-event');
  expect(modules).toContain('lambda/export/on-event.ts');
  expect(modules.filter((path) => /@aws-sdk|@smithy|yauzl|streamparser|lambda\/aws|bundle\//.test(path))).toEqual([]);
  expect(operationsIn(code('on-event'))).toEqual([]);
});

/** A schema of the SDK: kind, namespace, name, traits. */
type OperationSchema = [number, string, string, { http: [string, string, number] }];

/** The operations of the commands that `lambda/` sends. */
function operationsUsed(): string[] {
  const folder = join(PROJECT, 'lambda');
  const sources = (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const names = new Set([...sources.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `${name}$`));
  const schemas = Object.entries({ ...quicksight, ...s3 })
    .filter(([name]) => names.has(name))
    .map(([, schema]) => schema as unknown as OperationSchema);
  expect(schemas).toHaveLength(names.size);
  return schemas.map(([, , , { http }]) => http.slice(0, 2).join(' '));
}

/** Operations that the clients call themselves: the session of S3 Express, and the credential providers. */
const OPERATIONS_OF_CLIENTS = [
  'GET /?session',
  'GET /federation/credentials',
  'POST /token',
  'POST /v1/token',
  'POST /v1/token?x-amz-client-auth-method=iam',
];

test('isComplete contains the operations that it and its clients call, and no others', () => {
  const used = operationsUsed();
  expect(used).toEqual(
    expect.arrayContaining(['POST /accounts/{AwsAccountId}/asset-bundle-export-jobs/export', 'GET /?versioning']),
  );
  expect(operationsIn(code('is-complete'))).toEqual([...used, ...OPERATIONS_OF_CLIENTS].sort());
});

test('the licenses name the packages whose code is in the bundles', () => {
  const bundled = ['on-event', 'is-complete'].flatMap(modulesOf);
  const names = bundled.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-quicksight', 'valibot', 'yauzl']));
  const listed = [...thirdPartyLicenses(metafile).matchAll(/^(\S+) \d+\.\d+\.\d+ \([\w.-]+\)$/gm)];
  expect(new Set(listed.map(([, name]) => name))).toEqual(new Set(names));
});

interface Outcome {
  readonly result?: object;
  readonly message?: string;
}

/** Loads the built handler in a process of Lambda's Node.js version and sends it the event. */
async function handle(handler: string, event: object, endpoint: string): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(
    join(lambdaRuntimeModules(), '.bin', 'node'),
    [join(PROJECT, 'testing', 'handler-process.mjs'), fileOf(handler), JSON.stringify(event)],
    {
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_SESSION_TOKEN: 'token',
        AWS_ENDPOINT_URL: endpoint,
      },
    },
  );
  const { answer } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { answer: Outcome };
  return answer;
}

test('the built onEvent returns the job id', async () => {
  const event = cloudFormationEvent('Create');
  const { result } = await handle('on-event', event, 'http://127.0.0.1:9');
  expect(result).toEqual({ PhysicalResourceId: jobIdOf(event), RequestedTime: expect.any(Number) });
});

test('the built isComplete signs its requests to S3 and QuickSight and explains the refusal', async () => {
  const services = await startRefusingServices();
  try {
    const event = { ...cloudFormationEvent('Create'), PhysicalResourceId: 'id', RequestedTime: Date.now() };
    const { message } = await handle('is-complete', event, services.endpoint);
    expect(message).toContain(REFUSED);
    const job = `/accounts/123456789012/asset-bundle-export-jobs/${jobIdOf(event)}`;
    expect(services.requests).toEqual(
      expect.arrayContaining([
        { method: 'GET', path: '/artifacts/?versioning=', signedFor: 's3' },
        { method: 'GET', path: job, signedFor: 'quicksight' },
      ]),
    );
  } finally {
    services.stop();
  }
});
