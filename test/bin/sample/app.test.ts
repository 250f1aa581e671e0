import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { sampleOptions, sampleStackName } from '../../../bin/sample/options';
import { SAMPLE_STACK_NAME, SampleStack } from '../../../bin/sample/stack';
import { arnResource } from '../../../lib/contract/asset-arn';
import { ALL_ASSET_TYPES } from '../../../lib/contract/asset-types';
import { ATTRIBUTES } from '../../../lib/contract/export-resource';
import { newApp, RESOURCE_TYPE, resources, text } from '../../lib/support';

const ROOT = join(__dirname, '..', '..', '..');
const ENV = { account: '123456789012', region: 'us-east-1' };

function sample(context: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}): Stack {
  const app = newApp({ context });
  return new SampleStack(app, SAMPLE_STACK_NAME, sampleOptions(app.node, environment), { env: ENV });
}

const properties = (context: Record<string, unknown>, environment?: NodeJS.ProcessEnv) =>
  resources(sample(context, environment), RESOURCE_TYPE)[0]?.Properties ?? {};

const arns = (context: Record<string, unknown>, environment?: NodeJS.ProcessEnv) =>
  (properties(context, environment).ResourceArns as unknown[]).map((arn) =>
    text(arn).replace(/^arn:\{AWS::Partition\}:quicksight:us-east-1:123456789012:/, ''),
  );

test('an asset is a type and an id, or an ARN', () => {
  const ids = ALL_ASSET_TYPES.map((type) => arnResource(type, () => 'i'));
  const arn = 'arn:aws:quicksight:us-east-1:123456789012:dashboard/by-arn';
  expect(arns({ assets: `${ids.join(',')}, ${arn},` })).toEqual([...ids, arn]);
});

test('the context takes precedence over the environment variable', () => {
  expect(arns({}, { QUICKSIGHT_ASSETS: 'theme/t' })).toEqual(['theme/t']);
  expect(arns({ assets: 'theme/u' }, { QUICKSIGHT_ASSETS: 'theme/t' })).toEqual(['theme/u']);
});

test('the assets in cdk.json can be a list', () =>
  expect(arns({ assets: ['theme/t', 'theme/u'] })).toEqual(['theme/t', 'theme/u']));

test('the sample exports all dependencies by default', () => {
  expect(properties({ assets: 'dashboard/a' })).toMatchObject({
    ExportFormat: 'QUICKSIGHT_JSON',
    IncludeAllDependencies: true,
  });
});

test('the context has an option for each property', () => {
  expect(
    properties({
      assets: 'folder/a',
      exportFormat: 'CLOUDFORMATION_JSON',
      includeAllDependencies: 'false',
      includePermissions: 'true',
      includeTags: true,
      includeFolderMemberships: 'true',
      includeFolderMembers: 'RECURSE',
      bucketName: 'artifacts',
      prefix: 'exports/',
      removalPolicy: 'DESTROY',
      timeoutMinutes: '10',
      trigger: 'release 7',
    }),
  ).toEqual({
    ServiceToken: expect.anything(),
    ServiceTimeout: '900',
    ResourceArns: expect.anything(),
    ExportFormat: 'CLOUDFORMATION_JSON',
    IncludePermissions: true,
    IncludeTags: true,
    IncludeFolderMemberships: true,
    IncludeFolderMembers: 'RECURSE',
    ArtifactBucket: 'artifacts',
    ArtifactPrefix: 'exports/',
    RemovalPolicy: 'DESTROY',
    TimeoutSeconds: 600,
    Trigger: 'release 7',
  });
});

test('a trigger has a name or is any text', () => {
  expect(properties({ assets: 'theme/t', trigger: 'onChange' })).not.toHaveProperty('Trigger');
  expect(properties({ assets: 'theme/t', trigger: 'everyDeployment' }).Trigger).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test.each<[Record<string, unknown>, RegExp]>([
  [{}, /The assets to export are missing\..*\n.*-c assets=dashboard\/sales-overview/],
  [{ assets: ' , ' }, /The assets to export are missing/],
  [{ assets: 'sales' }, /'sales' is not an asset\. Use an ARN, type\/id with one of the types analysis, dashboard/],
  [{ assets: 'user/x' }, /'user\/x' is not an asset/],
  [{ assets: 'constructor/x' }, /is not an asset/],
  [{ assets: 'Dashboard/x' }, /^'Dashboard\/x' has the type 'Dashboard' instead of 'dashboard'\. Use dashboard\/x\.$/],
  [{ assets: 'dataSet/x/refresh-schedule/y' }, /\. Use dataset\/x\/refresh-schedule\/y\.$/],
  [{ assets: 'Dashboard' }, /is not an asset/],
  [
    { assets: 'theme/t', exportFormat: 'ZIP' },
    /-c exportFormat=ZIP is invalid\. Use one of QUICKSIGHT_JSON, CLOUDFORMATION_JSON/,
  ],
  [{ assets: 'theme/t', includeTags: 'yes' }, /-c includeTags=yes is invalid\. Use one of true, false/],
  [{ assets: 'theme/t', removalPolicy: 'SNAPSHOT' }, /Use one of RETAIN, DESTROY/],
  [{ assets: 'theme/t', timeoutMinutes: '1.5' }, /Use a whole number from 1 to 60/],
  [{ assets: 'theme/t', timeoutMinutes: '61' }, /limits a custom resource to one hour/],
])('an invalid option is an error: %j', (context, message) => expect(() => sample(context)).toThrow(message));

test('each attribute is an output with its name', () => {
  const outputs = Template.fromStack(sample({ assets: 'theme/t' })).toJSON().Outputs as Record<
    string,
    { Value: { 'Fn::GetAtt': string[] } }
  >;
  expect(Object.keys(outputs)).toEqual([...ATTRIBUTES]);
  for (const [name, { Value }] of Object.entries(outputs)) expect(Value['Fn::GetAtt'][1]).toBe(name);
});

test('the stack has the name of the context', () => {
  expect(sampleStackName(newApp({ context: { stackName: 'Sales' } }).node)).toBe('Sales');
  expect(sampleStackName(newApp({ context: { stackName: '' } }).node)).toBeUndefined();
});

test('the app names its stack after the context', () => {
  const output = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'bin/sample/app.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        QUICKSIGHT_ASSETS: 'theme/t',
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify({ stackName: 'Sales' }),
      },
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(readdirSync(output)).toContain('Sales.template.json');
  } finally {
    rmSync(output, { recursive: true });
  }
}, 30_000);

test('the header of the app describes every option', () => {
  const header = readFileSync(join(ROOT, 'bin', 'sample', 'app.ts'), 'utf8');
  const options = readFileSync(join(ROOT, 'bin', 'sample', 'options.ts'), 'utf8');
  const names = [...options.matchAll(/(?:context|flag|choice)\('(\w+)'/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(header).toMatch(new RegExp(`^ \\*   ${name} `, 'm'));
});

test('the app prints the message of an error without a stack trace', () => {
  const environment = { ...process.env, QUICKSIGHT_ASSETS: '' };
  const run = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'bin/sample/app.ts'], {
    cwd: ROOT,
    env: environment,
    encoding: 'utf8',
  });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('The assets to export are missing.');
  expect(run.stderr).not.toMatch(/^\s+at /m);
}, 30_000);

test('cdk.json has the recommended flags', () => {
  const { app, context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as {
    app: string;
    context: Record<string, unknown>;
  };
  expect(app).toBe('npx tsx bin/sample/app.ts');
  expect(context).toEqual(
    JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8')),
  );
  expect(context['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
});
