import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Stack as StackClass } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import { ATTRIBUTES } from '../../lib/contract/export-resource';
import * as api from '../lib/support';

const README = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

const { newApp, newExport, newStack, resources } = api;

type StackType = new (scope: Construct, id: string) => StackClass;

/** Runs an example of the README. Returns the stack class that it declares. */
function stackOf(example: string): StackType {
  const { outputText } = ts.transpileModule(`${example}\nexport default Reports;`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: { default?: StackType } = {};
  const load = (name: string): object =>
    name === 'cdk-quicksight-asset-bundle' ? api : jest.requireActual<object>(name);
  (compileFunction(outputText, ['require', 'exports']) as (require: unknown, exports: unknown) => void)(load, exports);
  return exports.default as StackType;
}

test('the smallest stack of the README synthesizes an export of its assets', () => {
  const [, example = ''] = /^```ts\n([\s\S]*?)^```/m.exec(README) ?? [];
  const Reports = stackOf(example);
  const template = Template.fromStack(new Reports(newApp(), 'Reports'));
  const [properties] = Object.values(template.findResources(api.RESOURCE_TYPE)).map(({ Properties }) => Properties);
  expect(properties.ResourceArns.map(api.text)).toEqual([
    expect.stringMatching(/:dashboard\/sales-overview$/),
    expect.stringMatching(/:folder\/sales$/),
  ]);
  expect(properties.IncludeAllDependencies).toBe(true);
});

test('the example of the permissions adds them to the role, the bucket and the outputs', () => {
  const [, example = ''] = /^## Permissions\n[\s\S]*?^```ts\n([\s\S]*?)^```/m.exec(README) ?? [];
  const Reports = stackOf(`
    import { CfnOutput, Stack } from 'aws-cdk-lib';
    import * as iam from 'aws-cdk-lib/aws-iam';
    import * as s3 from 'aws-cdk-lib/aws-s3';
    import { AssetBundleExport, QuickSightAsset } from 'cdk-quicksight-asset-bundle';
    class Reports extends Stack {
      constructor(scope, id) {
        super(scope, id);
        const bucket = new s3.Bucket(this, 'Bucket', { versioned: true });
        const sales = new AssetBundleExport(this, 'Sales', { assets: [QuickSightAsset.dashboard('d')], bucket });
        ${example}
      }
    }`);
  const stack = new Reports(newApp(), 'Reports');
  const statements = api.isCompletePolicy(stack);
  expect(api.allowedOn(statements, 'quicksight:DescribeBrand')).toEqual(['*']);
  const [role] = resources(stack, 'AWS::IAM::Role').filter(({ id }) => id.includes('IsCompleteRole'));
  const roleArn = { 'Fn::GetAtt': [role?.id, 'Arn'] };
  expect(Template.fromStack(stack).toJSON().Outputs).toEqual({ ExportRole: { Value: roleArn } });
  // The policy of the bucket allows all that the role may do with a bucket of another account.
  const [policy] = resources(stack, 'AWS::S3::BucketPolicy');
  const allowed = (policy?.Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement;
  expect(allowed.map(({ Principal }) => Principal)).toEqual([{ AWS: roleArn }, { AWS: roleArn }]);
  const needed = statements
    .filter(({ conditions }) => conditions)
    .flatMap(({ actions }) => actions)
    .filter((action) => action.startsWith('s3:'));
  expect(new Set(allowed.flatMap(({ Action }) => Action))).toEqual(new Set(needed));
});

test('the README lists every attribute, with the member that returns it', () => {
  const [, section = ''] = /^## Attributes\n([\s\S]*?)^## /m.exec(README) ?? [];
  const rows = [...section.matchAll(/^\| `([\w.]+)` \| `(\w+)` \|/gm)].map(([, member, attribute]) => [
    member,
    attribute,
  ]);
  expect(rows.map(([, attribute]) => attribute)).toEqual([...ATTRIBUTES]);
  const stack = newStack();
  const sales = newExport({}, stack);
  const [resource] = resources(stack, api.RESOURCE_TYPE);
  for (const [member = '', attribute] of rows) {
    const value = member.split('.').reduce<unknown>((owner, name) => (owner as Record<string, unknown>)[name], sales);
    expect([member, stack.resolve(value)]).toEqual([member, { 'Fn::GetAtt': [resource?.id, attribute] }]);
  }
});

test('the README names the requirements of package.json', () => {
  const { engines, peerDependencies } = JSON.parse(
    readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  for (const [name, range] of Object.entries(peerDependencies ?? {}))
    expect(README).toContain(`| \`${name}\` | ${range.replace('^', '')} or later (peer dependency) |`);
  expect(README).toContain(`| Node.js for the CDK app | ${engines?.node?.replace(/^>=(\d+\.\d+)\.0$/, '$1')} or later`);
});
