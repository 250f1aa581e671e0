import { ASSET_ARN_PATTERN } from './asset-arn';
import { DEFAULT_TIMEOUT_SECONDS } from './custom-resource';
import type { OverrideList } from './export-overrides.generated';
import { MAX_OVERRIDES_PER_LIST, MAX_PROPERTIES_PER_OVERRIDE, OVERRIDE_PROPERTIES } from './export-overrides.generated';

export type ExportFormatName = 'QUICKSIGHT_JSON' | 'CLOUDFORMATION_JSON';

export type RemovalPolicyName = 'RETAIN' | 'DESTROY';

export type OverrideConfiguration = {
  readonly ResourceIdOverrideConfiguration?: { readonly PrefixForAllResources?: boolean };
} & {
  readonly [list in OverrideList]?: ReadonlyArray<{ readonly Arn: string; readonly Properties: readonly string[] }>;
};

/** Members of StartAssetBundleExportJob that determine the content of the bundle. */
export interface ExportRequest {
  readonly ResourceArns: readonly string[];
  readonly ExportFormat: ExportFormatName;
  readonly IncludeAllDependencies: boolean;
  readonly IncludePermissions: boolean;
  readonly IncludeTags: boolean;
  readonly IncludeFolderMemberships: boolean;
  readonly IncludeFolderMembers: 'RECURSE' | 'ONE_LEVEL' | 'NONE';
  readonly ValidationStrategy?: { readonly StrictModeForAllResources?: boolean };
  readonly CloudFormationOverridePropertyConfiguration?: OverrideConfiguration;
}

/** Destination of the artifact. */
export interface Destination {
  readonly ArtifactBucket: string;
  /** Beginning of the artifact's key. No slash is added to it. */
  readonly ArtifactPrefix: string;
  readonly ArtifactKmsKeyArn?: string;
}

/** Properties without influence on the artifact. A change of these alone runs no export job. */
export interface Lifecycle {
  readonly RemovalPolicy: RemovalPolicyName;
  readonly TimeoutSeconds: number;
}

/** The properties of the custom resource, decoded. */
export interface ExportProperties extends ExportRequest, Destination, Lifecycle {
  /** A change of this text runs a new export job. */
  readonly Trigger?: string;
}

/** Three attributes contain the prefix, and the response to CloudFormation is limited to 4,096 bytes. */
export const MAX_PREFIX_BYTES = 400;

export const MAX_RESOURCE_ARNS = 100;

/** Names of buckets that S3 accepts or accepted in the past, and neither URIs nor ARNs: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET_NAME_PATTERN = '^[A-Za-z0-9._\\-]{3,255}$';

const flag = { type: 'boolean', default: false };

const overrideList = (list: OverrideList) => ({
  type: 'array',
  minItems: 1,
  maxItems: MAX_OVERRIDES_PER_LIST,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['Arn', 'Properties'],
    properties: {
      Arn: { type: 'string', minLength: 1 },
      Properties: {
        type: 'array',
        minItems: 1,
        maxItems: MAX_PROPERTIES_PER_OVERRIDE,
        items: { type: 'string', enum: OVERRIDE_PROPERTIES[list] },
      },
    },
  },
});

/**
 * JSON Schema of `ExportProperties`. CloudFormation sends every value as text, so the handlers decode with
 * coercion (aws-cdk#15249).
 */
export const EXPORT_PROPERTIES_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['ResourceArns', 'ExportFormat', 'ArtifactBucket'],
  properties: {
    ServiceToken: { type: 'string' },
    ServiceTimeout: { type: 'integer' },
    ResourceArns: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_RESOURCE_ARNS,
      uniqueItems: true,
      items: { type: 'string', pattern: ASSET_ARN_PATTERN },
    },
    ExportFormat: { type: 'string', enum: ['QUICKSIGHT_JSON', 'CLOUDFORMATION_JSON'] },
    IncludeAllDependencies: flag,
    IncludePermissions: flag,
    IncludeTags: flag,
    IncludeFolderMemberships: flag,
    IncludeFolderMembers: { type: 'string', enum: ['RECURSE', 'ONE_LEVEL', 'NONE'], default: 'NONE' },
    ValidationStrategy: {
      type: 'object',
      additionalProperties: false,
      properties: { StrictModeForAllResources: { type: 'boolean' } },
    },
    CloudFormationOverridePropertyConfiguration: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ResourceIdOverrideConfiguration: {
          type: 'object',
          additionalProperties: false,
          properties: { PrefixForAllResources: { type: 'boolean' } },
        },
        ...Object.fromEntries(
          (Object.keys(OVERRIDE_PROPERTIES) as OverrideList[]).map((list) => [list, overrideList(list)]),
        ),
      },
    },
    ArtifactBucket: { type: 'string' },
    ArtifactPrefix: { type: 'string', default: '' },
    ArtifactKmsKeyArn: { type: 'string', pattern: '^arn:aws[a-z\\-]*:kms:' },
    RemovalPolicy: { type: 'string', enum: ['RETAIN', 'DESTROY'], default: 'RETAIN' },
    TimeoutSeconds: { type: 'integer', minimum: 60, maximum: 3600, default: DEFAULT_TIMEOUT_SECONDS },
    Trigger: { type: 'string' },
  },
};
