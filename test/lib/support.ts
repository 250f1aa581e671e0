import type { AppProps, StackProps } from 'aws-cdk-lib';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { AssetBundleExportProps } from '../../lib';
import { AssetBundleExport, QuickSightAsset } from '../../lib';

// The tests of the constructs need no build of the handlers.
jest.mock('../../lib/provider/built-handler', () => ({
  builtHandler: (name: string) =>
    jest.requireActual<typeof lambda>('aws-cdk-lib/aws-lambda').Code.fromInline(`// ${name}`),
}));

export * from '../../lib';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';
export const RESOURCE_TYPE = 'Custom::QuickSightAssetBundleExport';

export const SALES = { assets: [QuickSightAsset.dashboard('sales-overview')] };

/** CDK's validation of the template takes half a second for each stack. test/behaviour/cdk-rules.integration.test.ts runs it. */
export const newApp = (props: AppProps = {}) =>
  new App({ builtinCloudFormationValidation: false, analyticsReporting: false, ...props });

export function newStack(
  props: StackProps = { env: { account: ACCOUNT, region: REGION } },
  app = newApp(),
  id = 'Stack',
): Stack {
  return new Stack(app, id, props);
}

export function newExport(props: Partial<AssetBundleExportProps> = {}, stack = newStack()): AssetBundleExport {
  return new AssetBundleExport(stack, 'Sales', { ...SALES, ...props });
}

export type Resource = { Type: string; Properties: Record<string, unknown>; DependsOn?: string[] };

export function resources(stack: Stack, type: string): Array<Resource & { id: string }> {
  return Object.entries(Template.fromStack(stack).findResources(type)).map(([id, resource]) => ({
    id,
    ...(resource as Resource),
  }));
}

/** The properties of the only export in a stack. */
export function properties(props: Partial<AssetBundleExportProps> = {}, stack = newStack()): Record<string, unknown> {
  newExport(props, stack);
  return resources(stack, RESOURCE_TYPE)[0]?.Properties ?? {};
}

/** The message of the error that an export throws, or an empty text. */
export function synthesisError(props: Partial<AssetBundleExportProps>, stack = newStack()): string {
  try {
    newExport(props, stack);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** A value of a template as text, with `{…}` for each intrinsic function. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument]] = Object.entries(value as object) as [[string, unknown]];
  if (name === 'Ref') return `{${argument as string}}`;
  if (name === 'Fn::GetAtt') return `{${(argument as string[]).join('.')}}`;
  if (name === 'Fn::Join')
    return (argument as [string, unknown[]])[1].map(text).join((argument as [string, unknown[]])[0]);
  return JSON.stringify(value);
}

export interface Statement {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, unknown>>;
}

/** The policies of the role of isComplete. */
export function isCompletePolicies(stack: Stack): Array<Resource & { id: string }> {
  const [role] = resources(stack, 'AWS::IAM::Role').filter(({ id }) => /IsCompleteRole/.test(id));
  return ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => resources(stack, type))
    .filter(({ Properties }) => (Properties.Roles as Array<{ Ref: string }>).some(({ Ref }) => Ref === role?.id));
}

/** The statements of the role of isComplete, without those for its log. */
export function isCompletePolicy(stack: Stack): Statement[] {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
  return isCompletePolicies(stack)
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Array<Record<string, unknown>> }).Statement)
    .map((statement) => ({
      actions: list(statement.Action).map(String),
      resources: list(statement.Resource).map(text),
      conditions: statement.Condition as Statement['conditions'],
    }))
    .filter(({ actions }) => !actions.every((action) => action.startsWith('logs:')));
}

/** The resources that the policy allows an action on. */
export function allowedOn(policy: Statement[], action: string): string[] {
  return policy.filter(({ actions }) => actions.includes(action)).flatMap((statement) => statement.resources);
}
