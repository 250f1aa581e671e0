import { inspect } from 'node:util';
import type { Duration, IResource } from 'aws-cdk-lib';
import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AssetReference } from '../assets/asset-reference';
import type { QuickSightAsset } from '../assets/quicksight-asset';
import { arnResource } from '../contract/asset-arn';
import type { AssetType } from '../contract/asset-types';
import { CLOUDFORMATION_TIMEOUT_SECONDS } from '../contract/custom-resource';
import { MAX_RESOURCE_ARNS, MIN_TIMEOUT_SECONDS } from '../contract/export-resource';
import { propertyProblems } from '../contract/export-rules';
import type { AssetBundleExportProps } from './asset-bundle-export-props';
import { ExportFormat, IncludeFolderMembers } from './export-options';
import type { RenderedOverrides } from './render-overrides';

/** @throws Error with all problems that synthesis can detect, each with the value and the remedy. */
export function validateProps(
  scope: IConstruct,
  props: AssetBundleExportProps,
  assets: readonly AssetReference[],
  overrides: RenderedOverrides | undefined,
): void {
  const problems = [
    ...assetProblems(assets),
    ...(overrides?.problems ?? []),
    ...ruleProblems(props, assets, overrides),
    ...(props.bucket ? regionProblems(scope, 'bucket', props.bucket) : []),
    ...(props.encryptionKey ? regionProblems(scope, 'encryptionKey', props.encryptionKey) : []),
    ...choiceProblems('exportFormat', props.exportFormat, ExportFormat),
    ...choiceProblems('includeFolderMembers', props.includeFolderMembers, IncludeFolderMembers),
    ...removalPolicyProblems(props.removalPolicy),
    ...timeoutProblems(props.timeout),
  ];
  if (problems.length === 0) return;
  throw new Error(
    `[${scope.node.path}] AssetBundleExport has invalid properties:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
  );
}

/** The compiler reports these errors in TypeScript, but not in JavaScript. @throws Error */
export function requireAssets({ node }: IConstruct, props: AssetBundleExportProps | undefined): asserts props {
  const assets: unknown = props?.assets;
  const isAsset = (asset: Partial<QuickSightAsset> | undefined) => asset?._resolve !== undefined;
  if (Array.isArray(assets) && assets.every(isAsset)) return;
  const invalid: unknown = Array.isArray(assets) ? assets.find((asset) => !isAsset(asset as undefined)) : assets;
  throw new Error(
    `[${node.path}] The assets of AssetBundleExport must be a list of QuickSightAsset, but ${Array.isArray(assets) ? 'contain' : 'are'} ` +
      `${inspect(invalid, { depth: -1 })}. Use a list such as assets: [QuickSightAsset.dashboard('sales-overview')].`,
  );
}

function assetProblems(assets: readonly AssetReference[]): string[] {
  if (assets.length === 0) {
    return [
      "assets is empty, but an export has at least one asset. Use, for example, assets: [QuickSightAsset.dashboard('sales-overview')].",
    ];
  }
  const problems = assets.flatMap((asset) => asset.problems);
  if (assets.length > MAX_RESOURCE_ARNS) {
    problems.push(
      `assets has ${assets.length} entries, but an export job accepts at most ${MAX_RESOURCE_ARNS}. Divide them among several exports, or ` +
        'use a folder or includeAllDependencies instead of each asset.',
    );
  }
  const identities = assets.map(({ identity }) => identity);
  const repeated = new Set(assets.filter(({ identity }, index) => identities.indexOf(identity) !== index));
  for (const { arn } of repeated) problems.push(`assets contains ${arn} more than once. List each asset once.`);
  return problems;
}

/** An ARN that is a token can have a known type, which is all that the rules read. */
const exampleArn = (type: AssetType) =>
  `arn:aws:quicksight:us-east-1:123456789012:${arnResource(type, () => 'example')}`;

function ruleProblems(
  props: AssetBundleExportProps,
  assets: readonly AssetReference[],
  overrides: RenderedOverrides | undefined,
): string[] {
  const types = assets.map(({ type }) => type).filter((type) => type !== undefined);
  return propertyProblems({
    ExportFormat: props.exportFormat ?? ExportFormat.QUICKSIGHT_JSON,
    CloudFormationOverridePropertyConfiguration: overrides && (overrides.configuration ?? {}),
    IncludeAllDependencies: props.includeAllDependencies,
    IncludeFolderMembers: props.includeFolderMembers,
    IncludeFolderMemberships: props.includeFolderMemberships,
    ResourceArns: assets.length > 0 && types.length === assets.length ? types.map(exampleArn) : undefined,
    ArtifactBucket: unlessToken(props.bucket?.bucketName),
    ArtifactPrefix: unlessToken(props.prefix),
  });
}

const unlessToken = (text: string | undefined) => (Token.isUnresolved(text) ? undefined : text);

function regionProblems(scope: IConstruct, prop: string, resource: IResource): string[] {
  const { region } = Stack.of(scope);
  const actual = resource.env.region;
  if (Token.isUnresolved(region) || Token.isUnresolved(actual) || actual === region) return [];
  return [
    `${prop} ${resource.node.path} is in region ${actual}, but the export runs in ${region}. Use one in ${region}, or remove ${prop}.`,
  ];
}

/** The compiler reports these errors in TypeScript, but not in JavaScript. */
function choiceProblems(prop: string, value: string | undefined, choices: Record<string, string>): string[] {
  if (value === undefined || Token.isUnresolved(value) || Object.values(choices).includes(value)) return [];
  return [`${prop} is '${value}'. Use one of ${Object.values(choices).join(', ')}.`];
}

function removalPolicyProblems(policy: RemovalPolicy | undefined): string[] {
  if (policy === undefined || policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.DESTROY) return [];
  return [`removalPolicy is '${policy}'. Use RemovalPolicy.RETAIN or RemovalPolicy.DESTROY.`];
}

function timeoutProblems(timeout: Duration | undefined): string[] {
  if (!timeout || timeout.isUnresolved()) return [];
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds > CLOUDFORMATION_TIMEOUT_SECONDS) {
    return [
      `timeout is ${timeout.toHumanString()}, but CloudFormation limits a custom resource to one hour. Use Duration.hours(1) or less, ` +
        'and divide an export that takes longer.',
    ];
  }
  if (seconds < MIN_TIMEOUT_SECONDS) {
    return [
      `timeout is ${timeout.toHumanString()}, but an export job takes a minute or more. Use Duration.minutes(1) or more.`,
    ];
  }
  if (!Number.isInteger(seconds)) {
    return [
      `timeout is ${seconds} seconds, but it must be a whole number of seconds. Use Duration.seconds(${Math.ceil(seconds)}).`,
    ];
  }
  return [];
}
