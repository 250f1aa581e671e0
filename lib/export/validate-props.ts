import { inspect } from 'node:util';
import type { Duration, IResource } from 'aws-cdk-lib';
import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AssetReference } from '../assets/asset-reference';
import type { QuickSightAsset } from '../assets/quicksight-asset';
import { arnResource } from '../contract/asset-arn';
import type { AssetType } from '../contract/asset-types';
import { CLOUDFORMATION_TIMEOUT_SECONDS } from '../contract/custom-resource';
import { MAX_RESOURCE_ARNS } from '../contract/export-resource';
import { contradictions } from '../contract/export-rules';
import type { AssetBundleExportProps } from './asset-bundle-export-props';
import { ExportFormat, IncludeFolderMembers } from './export-options';
import type { RenderedOverrides } from './render-overrides';

const MIN_TIMEOUT_SECONDS = 60;

/** Refuses everything that can be seen to be wrong, at once: each problem says what was given, what is expected and what to write. */
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
    ...(props.bucket ? environmentProblems(scope, 'bucket', props.bucket) : []),
    ...(props.encryptionKey ? environmentProblems(scope, 'key', props.encryptionKey) : []),
    ...unknownChoices(props),
    ...removalPolicyProblems(props.removalPolicy),
    ...timeoutProblems(props.timeout),
  ];
  if (problems.length === 0) return;
  throw new Error(
    `[${scope.node.path}] This AssetBundleExport cannot be deployed:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
  );
}

/** What the compiler refuses, and JavaScript does not: without assets there is nothing to look at. */
export function requireAssets({ node }: IConstruct, props: AssetBundleExportProps | undefined): asserts props {
  const assets: unknown = props?.assets;
  const wrong = Array.isArray(assets)
    ? assets.findIndex((asset: Partial<QuickSightAsset> | undefined) => asset?._resolve === undefined)
    : undefined;
  if (wrong === -1) return;
  const given =
    wrong === undefined ? 'were not given as a list' : `hold ${inspect((assets as unknown[])[wrong], { depth: -1 })}`;
  throw new Error(
    `[${node.path}] The assets of this AssetBundleExport ${given}: write a list such as assets: [QuickSightAsset.dashboard('sales-overview')].`,
  );
}

function assetProblems(assets: readonly AssetReference[]): string[] {
  if (assets.length === 0) {
    return [
      "No assets were given; an export has at least one: write, for instance, assets: [QuickSightAsset.dashboard('sales-overview')].",
    ];
  }
  const problems = assets.flatMap((asset) => asset.problems);
  if (assets.length > MAX_RESOURCE_ARNS) {
    problems.push(
      `${assets.length} assets were given; an export has at most ${MAX_RESOURCE_ARNS}: divide them among several exports, or name a folder ` +
        'or includeAllDependencies instead of each asset.',
    );
  }
  const identities = assets.map(({ identity }) => identity);
  const repeated = new Set(assets.filter(({ identity }, index) => identities.indexOf(identity) !== index));
  for (const { arn } of repeated) problems.push(`The asset ${arn} was given more than once: name each asset once.`);
  return problems;
}

/** The rules look at types alone, so that a token in an ARN does not hide what the asset is. */
const exampleArn = (type: AssetType) => `arn:aws:quicksight:us-east-1:123456789012:${arnResource(type, () => 'x')}`;

function ruleProblems(
  props: AssetBundleExportProps,
  assets: readonly AssetReference[],
  overrides: RenderedOverrides | undefined,
): string[] {
  const types = assets.map(({ type }) => type).filter((type) => type !== undefined);
  return contradictions({
    ExportFormat: props.exportFormat ?? ExportFormat.QUICKSIGHT_JSON,
    CloudFormationOverridePropertyConfiguration: overrides && (overrides.configuration ?? {}),
    IncludeAllDependencies: props.includeAllDependencies,
    IncludeFolderMembers: props.includeFolderMembers,
    IncludeFolderMemberships: props.includeFolderMemberships,
    ResourceArns: assets.length > 0 && types.length === assets.length ? types.map(exampleArn) : undefined,
    ArtifactBucket: known(props.bucket?.bucketName),
    ArtifactPrefix: known(props.prefix),
  });
}

const known = (text: string | undefined) => (Token.isUnresolved(text) ? undefined : text);

function environmentProblems(scope: IConstruct, what: string, resource: IResource): string[] {
  const { region } = Stack.of(scope);
  const given = resource.env.region;
  if (Token.isUnresolved(region) || Token.isUnresolved(given) || given === region) return [];
  return [
    `The ${what} ${resource.node.path} is in ${given}, but the export runs in ${region} and writes to its own region: give a ${what} in ` +
      `${region}, or leave it out.`,
  ];
}

/** What the compiler refuses, and JavaScript does not. */
function unknownChoices({ exportFormat, includeFolderMembers }: AssetBundleExportProps): string[] {
  const choice = (name: string, given: string | undefined, choices: Record<string, string>) =>
    given === undefined || Token.isUnresolved(given) || Object.values(choices).includes(given)
      ? []
      : [`${name} '${given}' was given; it is one of ${Object.values(choices).join(', ')}: write one of these.`];
  return [
    ...choice('exportFormat', exportFormat, ExportFormat),
    ...choice('includeFolderMembers', includeFolderMembers, IncludeFolderMembers),
  ];
}

function removalPolicyProblems(policy: RemovalPolicy | undefined): string[] {
  if (policy === undefined || policy === RemovalPolicy.RETAIN || policy === RemovalPolicy.DESTROY) return [];
  return [
    `The removal policy ${policy} was given; an artifact is kept or removed: write RemovalPolicy.RETAIN or RemovalPolicy.DESTROY.`,
  ];
}

function timeoutProblems(timeout: Duration | undefined): string[] {
  if (!timeout || timeout.isUnresolved()) return [];
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds > CLOUDFORMATION_TIMEOUT_SECONDS) {
    return [
      `A time-out of ${timeout.toHumanString()} was given, but CloudFormation lets a custom resource take one hour at most: write ` +
        'Duration.hours(1) or less, and divide an export that takes longer.',
    ];
  }
  if (seconds < MIN_TIMEOUT_SECONDS) {
    return [
      `A time-out of ${timeout.toHumanString()} was given, but a job takes a minute or more: write Duration.minutes(1) or more.`,
    ];
  }
  if (!Number.isInteger(seconds)) {
    return [
      `A time-out of ${seconds} seconds was given, but it is counted in whole seconds: write Duration.seconds(${Math.ceil(seconds)}).`,
    ];
  }
  return [];
}
