import * as v from 'valibot';
import { ASSET_ARN_EXAMPLE, ASSET_ARN_PATTERN } from '../../lib/contract/asset-arn';
import { CLOUDFORMATION_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS } from '../../lib/contract/custom-resource';
import type { OverrideList } from '../../lib/contract/export-overrides.generated';
import {
  MAX_OVERRIDES_PER_LIST,
  MAX_PROPERTIES_PER_OVERRIDE,
  OVERRIDE_PROPERTIES,
} from '../../lib/contract/export-overrides.generated';
import { MAX_RESOURCE_ARNS, MIN_TIMEOUT_SECONDS } from '../../lib/contract/export-resource';

/*
 * Every message completes the sentence "expected …". CloudFormation sends booleans and numbers as text (aws-cdk#15249).
 */

const text = v.string('text');

const pattern = (regex: string, expected: string) => v.pipe(text, v.regex(new RegExp(regex), expected));

const oneOf = <const Names extends readonly string[]>(names: Names) => v.picklist(names, `one of ${names.join(', ')}`);

const flag = v.pipe(
  v.unknown(),
  v.transform((value) => (value === 'true' ? true : value === 'false' ? false : value)),
  v.boolean('true or false'),
);

const integer = (min: number, max: number, expected: string) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)),
    v.custom<number>((value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max, expected),
  );

/** A list of 1 to `max` items. */
const list = <Item extends v.GenericSchema>(item: Item, max: number) =>
  v.pipe(v.array(item, 'a list'), v.minLength(1, `1 to ${max} items`), v.maxLength(max, `1 to ${max} items`));

/** An object without unknown members. */
const object = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom((value) => !Array.isArray(value), 'an object'),
    v.objectWithRest(entries, v.never(), 'an object'),
  );

const overrides = (name: OverrideList) =>
  v.optional(
    list(
      object({
        Arn: v.pipe(text, v.nonEmpty('an ARN')),
        Properties: list(oneOf(OVERRIDE_PROPERTIES[name]), MAX_PROPERTIES_PER_OVERRIDE),
      }),
      MAX_OVERRIDES_PER_LIST,
    ),
  );

const OVERRIDE_LISTS = Object.fromEntries(
  (Object.keys(OVERRIDE_PROPERTIES) as OverrideList[]).map((name) => [name, overrides(name)]),
) as Record<OverrideList, ReturnType<typeof overrides>>;

/** The properties of the custom resource. */
export const EXPORT_PROPERTIES = {
  ServiceToken: v.optional(text),
  ServiceTimeout: v.optional(integer(0, Number.MAX_SAFE_INTEGER, 'an integer')),
  ResourceArns: v.pipe(
    list(pattern(ASSET_ARN_PATTERN, `the ARN of a QuickSight asset, such as ${ASSET_ARN_EXAMPLE}`), MAX_RESOURCE_ARNS),
    v.checkItems((arn, index, arns) => arns.indexOf(arn) === index, 'no duplicate'),
  ),
  ExportFormat: oneOf(['QUICKSIGHT_JSON', 'CLOUDFORMATION_JSON']),
  IncludeAllDependencies: v.optional(flag, false),
  IncludePermissions: v.optional(flag, false),
  IncludeTags: v.optional(flag, false),
  IncludeFolderMemberships: v.optional(flag, false),
  IncludeFolderMembers: v.optional(oneOf(['RECURSE', 'ONE_LEVEL', 'NONE']), 'NONE'),
  ValidationStrategy: v.optional(object({ StrictModeForAllResources: v.optional(flag) })),
  CloudFormationOverridePropertyConfiguration: v.optional(
    object({
      ResourceIdOverrideConfiguration: v.optional(object({ PrefixForAllResources: v.optional(flag) })),
      ...OVERRIDE_LISTS,
    }),
  ),
  ArtifactBucket: text,
  ArtifactPrefix: v.optional(text, ''),
  ArtifactKmsKeyArn: v.optional(pattern('^arn:aws[a-z\\-]*:kms:', 'the ARN of a KMS key')),
  RemovalPolicy: v.optional(oneOf(['RETAIN', 'DESTROY']), 'RETAIN'),
  TimeoutSeconds: v.optional(
    integer(
      MIN_TIMEOUT_SECONDS,
      CLOUDFORMATION_TIMEOUT_SECONDS,
      `an integer from ${MIN_TIMEOUT_SECONDS} to ${CLOUDFORMATION_TIMEOUT_SECONDS}`,
    ),
    DEFAULT_TIMEOUT_SECONDS,
  ),
  Trigger: v.optional(text),
};

export const exportPropertiesSchema = object(EXPORT_PROPERTIES);

/** The properties that a Delete needs. It accepts whatever another version of this package has accepted. */
export const deletePropertiesSchema = v.object({
  ArtifactBucket: v.pipe(text, v.nonEmpty()),
  ArtifactPrefix: v.optional(text, ''),
  ArtifactKmsKeyArn: v.optional(text),
  RemovalPolicy: v.fallback(EXPORT_PROPERTIES.RemovalPolicy, 'RETAIN'),
});
