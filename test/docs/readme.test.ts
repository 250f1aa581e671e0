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
