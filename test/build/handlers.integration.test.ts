import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as quicksight from '@aws-sdk/client-quicksight';
import * as s3 from '@aws-sdk/client-s3';
import type { Bundled } from '../../build/handlers';
import { buildHandlers, MAX_BUNDLE_BYTES, PROJECT } from '../../build/handlers';

let folder: string;
let bundled: Bundled;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'));
  bundled = await buildHandlers(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const code = (handler: string): string => readFileSync(join(folder, handler, 'index.js'), 'utf8');

/** The modules of which something is in the bundle. */
function modulesOf(handler: string): string[] {
  const [, output] =
    Object.entries(bundled.metafile.outputs).find(([path]) => path.endsWith(`${handler}/index.js`)) ?? [];
  return Object.entries(output?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

/** What is said to the services, as the schemas have it. */
const operationsIn = (text: string): string[] =>
  [...text.matchAll(/\["(?:GET|PUT|POST|DELETE|HEAD)","[^"]+",\d+\]/g)]
    .map(([http]) => (JSON.parse(http) as string[]).slice(0, 2).join(' '))
    .sort();

test.each(['on-event', 'is-complete'])('%s is small enough', (handler) => {
  expect(Buffer.byteLength(code(handler))).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
});

test('onEvent has nothing of the SDK, nor of what reads bundles', () => {
  const modules = modulesOf('on-event');
  expect(modules).toContain('lambda/export/on-event.ts');
  expect(modules.filter((path) => /@aws-sdk|@smithy|yauzl|streamparser|lambda\/aws|bundle\//.test(path))).toEqual([]);
  expect(operationsIn(code('on-event'))).toEqual([]);
});

/** As the SDK has it: kind, namespace, name, traits. */
type OperationSchema = [number, string, string, { http: [string, string, number] }];

/** What the commands that `lambda/` imports say to their services. */
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
  return schemas.map(
    ([
      ,
      ,
      ,
      {
        http: [method, path],
      },
    ]) => `${method} ${path}`,
  );
}

/** Each S3 client brings its session. */
const BROUGHT = ['GET /?session'];

test('isComplete has the operations that it and its libraries use, and no other', () => {
  const used = operationsUsed();
  expect(used).toEqual(
    expect.arrayContaining(['POST /accounts/{AwsAccountId}/asset-bundle-export-jobs/export', 'GET /?versioning']),
  );
  expect(operationsIn(code('is-complete'))).toEqual([...used, ...BROUGHT].sort());
});

test('no definition of a dashboard is described in it', () => {
  expect(code('is-complete')).not.toContain('WordCloud');
});

test('no way to credentials is in it that a Lambda function does not take', () => {
  const providers = modulesOf('is-complete').flatMap(
    (path) => /credential-provider-\w+|token-providers|nested-clients/.exec(path) ?? [],
  );
  expect(new Set(providers)).toEqual(new Set(['credential-provider-env']));
});
