import type { App } from 'aws-cdk-lib';
import { CfnOutput, NestedStack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssetBundleExport, newApp, newExport, newStack, RESOURCE_TYPE, resources, SALES } from '../lib/support';

const functions = (template: Template) => Object.keys(template.findResources('AWS::Lambda::Function')).length;

test('each stack of an app has its own provider', () => {
  const app = newApp();
  const [one, two] = [newStack(undefined, app, 'One'), newStack(undefined, app, 'Two')];
  newExport({}, one);
  newExport({}, two);
  new AssetBundleExport(two, 'More', SALES);
  for (const stack of [one, two]) expect(resources(stack, 'AWS::Lambda::Function')).toHaveLength(5);
  expect(resources(two, RESOURCE_TYPE)).toHaveLength(2);
});

test('nested constructs share the provider of their stack', () => {
  const stack = newStack();
  new AssetBundleExport(new AssetBundleExport(stack, 'Outer', SALES), 'Inner', SALES);
  expect(resources(stack, 'AWS::StepFunctions::StateMachine')).toHaveLength(1);
});

test('a nested stack has its own provider', () => {
  const stack = newStack();
  const nested = new NestedStack(stack, 'Nested');
  const sales = new AssetBundleExport(nested, 'Sales', SALES);
  new CfnOutput(stack, 'Uri', { value: sales.artifact.s3Uri });
  expect(functions(Template.fromStack(nested))).toBe(5);
  expect(functions(Template.fromStack(stack))).toBe(0);
  expect(JSON.stringify(Template.fromStack(stack).toJSON().Outputs)).toMatch(/Outputs\.\w*ArtifactS3Uri/);
});

test('a stack in a stage can contain an export', () => {
  const app = newApp();
  const stack = newStack(undefined, new Stage(app, 'Test') as App, 'Stack');
  newExport({}, stack);
  expect(() => app.synth()).not.toThrow();
});

test('another stack can refer to the artifact', () => {
  const app = newApp();
  const sales = newExport({}, newStack(undefined, app, 'Source'));
  const target = newStack(undefined, app, 'Target');
  new CfnOutput(target, 'Uri', { value: sales.artifact.s3Uri });
  const uri = Template.fromStack(target).toJSON().Outputs.Uri.Value['Fn::ImportValue'];
  const exports = Object.values<{ Export?: { Name: string }; Value: unknown }>(
    Template.fromStack(newSource(sales)).toJSON().Outputs,
  );
  expect(exports).toEqual([
    { Export: { Name: uri }, Value: { 'Fn::GetAtt': [expect.stringContaining('Sales'), 'ArtifactS3Uri'] } },
  ]);
});

const newSource = (sales: AssetBundleExport) => sales.node.scope as ReturnType<typeof newStack>;
