import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { QuickSightAsset } from '../assets/quicksight-asset';
import { ALL_ASSET_TYPES, ASSET_TYPES } from '../contract/asset-types';
import type { OverrideList } from '../contract/export-overrides.generated';
import {
  MAX_OVERRIDES_PER_LIST,
  MAX_PROPERTIES_PER_OVERRIDE,
  OVERRIDE_PROPERTIES,
} from '../contract/export-overrides.generated';
import type { OverrideConfiguration } from '../contract/export-resource';
import type { CloudFormationOverridePropertyConfiguration } from './overrides.generated';
import { OVERRIDE_LISTS } from './overrides.generated';

const typeOf = (list: OverrideList) => ALL_ASSET_TYPES.find((type) => ASSET_TYPES[type].overrideList === list);

interface Override {
  readonly asset: QuickSightAsset;
  readonly properties: string[];
}

export interface RenderedOverrides {
  /** Undefined when nothing at all is to be overridden. */
  readonly configuration?: OverrideConfiguration;
  readonly problems: string[];
}

export function renderOverrides(
  scope: IConstruct,
  given: CloudFormationOverridePropertyConfiguration,
): RenderedOverrides {
  const problems: string[] = [];
  const configuration: Record<string, unknown> = {};
  const prefixForAllResources = given.resourceIdOverrideConfiguration?.prefixForAllResources;
  if (prefixForAllResources !== undefined) {
    configuration.ResourceIdOverrideConfiguration = { PrefixForAllResources: prefixForAllResources };
  }
  for (const [member, list] of Object.entries(OVERRIDE_LISTS)) {
    const overrides: readonly Override[] = given[member as keyof typeof OVERRIDE_LISTS] ?? [];
    if (!isListOfOverrides(overrides)) {
      problems.push(
        `${member} is not a list of assets with their properties: write ${member}: [{ asset: QuickSightAsset.fromArn('…'), properties: ` +
          `['${OVERRIDE_PROPERTIES[list][0]}'] }].`,
      );
      continue;
    }
    if (overrides.length === 0) continue;
    if (overrides.length > MAX_OVERRIDES_PER_LIST) {
      problems.push(
        `${member} has ${overrides.length} overrides; at most ${MAX_OVERRIDES_PER_LIST} are possible: leave some out.`,
      );
    }
    configuration[list] = overrides.map((override) => {
      problems.push(...overrideProblems(scope, member, list, override));
      return { Arn: override.asset.arnFor(scope), Properties: override.properties };
    });
  }
  return { configuration: Object.keys(configuration).length ? configuration : undefined, problems };
}

/** What the compiler refuses, and JavaScript does not. */
const isListOfOverrides = (given: unknown): given is readonly Override[] =>
  Array.isArray(given) &&
  given.every(
    (override: Partial<Override> | undefined) =>
      override?.asset?._resolve !== undefined && Array.isArray(override.properties),
  );

function overrideProblems(
  scope: IConstruct,
  member: string,
  list: OverrideList,
  { asset, properties }: Override,
): string[] {
  const reference = asset._resolve(scope);
  const type = typeOf(list);
  const problems = reference.problems.map((problem) => `In ${member}: ${problem}`);
  if (reference.type && reference.type !== type) {
    problems.push(
      `${member} has ${reference.arn}, which is of the type ${reference.type}; that list is for ${type}: move it to its own list.`,
    );
  }
  if (properties.length < 1 || properties.length > MAX_PROPERTIES_PER_OVERRIDE) {
    problems.push(
      `In ${member}, ${reference.arn} has ${properties.length} properties; 1 to ${MAX_PROPERTIES_PER_OVERRIDE} are possible: ` +
        `${properties.length ? 'leave some out' : 'name the properties that become parameters, or leave the asset out'}.`,
    );
  }
  const choices: readonly string[] = OVERRIDE_PROPERTIES[list];
  const unknown = properties.find((property) => !Token.isUnresolved(property) && !choices.includes(property));
  if (unknown !== undefined)
    problems.push(
      `In ${member}, ${reference.arn} has '${unknown}', which is no property of that list: write one of ${choices.join(', ')}.`,
    );
  const repeated = properties.filter((property, index) => properties.indexOf(property) !== index);
  if (repeated.length)
    problems.push(`In ${member}, ${reference.arn} has ${repeated.join(', ')} more than once: name each property once.`);
  return problems;
}
