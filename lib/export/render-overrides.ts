import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { QuickSightAsset } from '../assets/quicksight-asset';
import type { AssetType } from '../contract/asset-types';
import { ASSET_TYPES } from '../contract/asset-types';
import type { OverrideList } from '../contract/export-overrides.generated';
import {
  MAX_OVERRIDES_PER_LIST,
  MAX_PROPERTIES_PER_OVERRIDE,
  OVERRIDE_PROPERTIES,
} from '../contract/export-overrides.generated';
import type { OverrideConfiguration } from '../contract/export-resource';
import type { CloudFormationOverridePropertyConfiguration } from './overrides.generated';
import { OVERRIDE_LISTS } from './overrides.generated';

interface Override {
  readonly asset: QuickSightAsset;
  readonly properties: string[];
}

export interface RenderedOverrides {
  /** Undefined if the configuration overrides nothing. */
  readonly configuration?: OverrideConfiguration;
  readonly problems: string[];
}

export function renderOverrides(
  scope: IConstruct,
  overrides: CloudFormationOverridePropertyConfiguration,
): RenderedOverrides {
  const problems: string[] = [];
  const configuration: Record<string, unknown> = {};
  const prefixForAllResources = overrides.resourceIdOverrideConfiguration?.prefixForAllResources;
  if (prefixForAllResources !== undefined) {
    configuration.ResourceIdOverrideConfiguration = { PrefixForAllResources: prefixForAllResources };
  }
  for (const [prop, list] of Object.entries(OVERRIDE_LISTS)) {
    const entries: readonly Override[] = overrides[prop as keyof typeof OVERRIDE_LISTS] ?? [];
    if (!isListOfOverrides(entries)) {
      problems.push(
        `${prop} must be a list of assets with their properties. Use, for example, ${prop}: ` +
          `[{ asset: QuickSightAsset.fromArn('…'), properties: ['${OVERRIDE_PROPERTIES[list][0]}'] }].`,
      );
      continue;
    }
    if (entries.length === 0) continue;
    if (entries.length > MAX_OVERRIDES_PER_LIST) {
      problems.push(
        `${prop} has ${entries.length} entries, but an export job accepts at most ${MAX_OVERRIDES_PER_LIST}. Remove some.`,
      );
    }
    configuration[list] = entries.map((override) => {
      problems.push(...overrideProblems(scope, prop, list, override));
      return { Arn: override.asset.arnFor(scope), Properties: override.properties };
    });
  }
  return { configuration: Object.keys(configuration).length ? configuration : undefined, problems };
}

/** The compiler reports other values in TypeScript, but not in JavaScript. */
const isListOfOverrides = (value: unknown): value is readonly Override[] =>
  Array.isArray(value) &&
  value.every(
    (override: Partial<Override> | undefined) =>
      override?.asset?._resolve !== undefined && Array.isArray(override.properties),
  );

function overrideProblems(
  scope: IConstruct,
  prop: string,
  list: OverrideList,
  { asset, properties }: Override,
): string[] {
  const reference = asset._resolve(scope);
  const problems = [...reference.problems];
  if (reference.type && ASSET_TYPES[reference.type].overrideList !== list) {
    problems.push(`${reference.arn} is of type ${reference.type}. Move it to ${propOf(reference.type)}.`);
  }
  if (properties.length < 1 || properties.length > MAX_PROPERTIES_PER_OVERRIDE) {
    problems.push(
      `${reference.arn} has ${properties.length} properties, but 1 to ${MAX_PROPERTIES_PER_OVERRIDE} are possible. ` +
        `${properties.length ? 'Remove some' : 'List the properties that become parameters, or remove the asset'}.`,
    );
  }
  const choices: readonly string[] = OVERRIDE_PROPERTIES[list];
  const unknown = properties.find((property) => !Token.isUnresolved(property) && !choices.includes(property));
  if (unknown !== undefined) {
    problems.push(
      `${reference.arn} has '${unknown}', which cannot become a parameter. Use one of ${choices.join(', ')}.`,
    );
  }
  const repeated = properties.filter((property, index) => properties.indexOf(property) !== index);
  if (repeated.length > 0) {
    problems.push(`${reference.arn} has ${repeated.join(', ')} more than once. List each property once.`);
  }
  return problems.map((problem) => `In ${prop}: ${problem}`);
}

const propOf = (type: AssetType) =>
  Object.entries(OVERRIDE_LISTS).find(([, list]) => list === ASSET_TYPES[type].overrideList)?.[0];
