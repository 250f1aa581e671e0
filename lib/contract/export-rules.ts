import { parseAssetArn } from './asset-arn';
import type { ExportProperties } from './export-resource';
import { BUCKET_NAME_PATTERN, MAX_PREFIX_BYTES } from './export-resource';

/** The properties that the rules read. A property that is an unresolved token is left out. */
export type RuleInput = Partial<
  Pick<
    ExportProperties,
    | 'ExportFormat'
    | 'CloudFormationOverridePropertyConfiguration'
    | 'IncludeAllDependencies'
    | 'IncludeFolderMembers'
    | 'IncludeFolderMemberships'
    | 'ResourceArns'
    | 'ArtifactBucket'
    | 'ArtifactPrefix'
  >
>;

const BUCKET_NAME = new RegExp(BUCKET_NAME_PATTERN);

/**
 * The errors that the schema of the properties does not detect, each with the value and the remedy. The construct reports
 * them at synthesis, and the handlers report them for templates without the construct.
 */
export function propertyProblems(properties: RuleInput): string[] {
  return [
    ...overrideProblems(properties),
    ...folderProblems(properties),
    ...bucketProblems(properties),
    ...prefixProblems(properties.ArtifactPrefix ?? ''),
  ];
}

function overrideProblems({ ExportFormat, CloudFormationOverridePropertyConfiguration }: RuleInput): string[] {
  if (!CloudFormationOverridePropertyConfiguration || ExportFormat !== 'QUICKSIGHT_JSON') return [];
  return [
    'CloudFormationOverridePropertyConfiguration requires the ExportFormat CLOUDFORMATION_JSON, but it is QUICKSIGHT_JSON. ' +
      'Remove the configuration, or set ExportFormat to CLOUDFORMATION_JSON.',
  ];
}

function folderProblems(properties: RuleInput): string[] {
  const { IncludeFolderMembers, IncludeFolderMemberships, IncludeAllDependencies, ResourceArns } = properties;
  // Memberships together with all dependencies add the folders of the assets to the export.
  const addsFolders = IncludeFolderMemberships && IncludeAllDependencies;
  if (!ResourceArns || addsFolders || !IncludeFolderMembers || IncludeFolderMembers === 'NONE') return [];
  if (ResourceArns.some((arn) => parseAssetArn(arn)?.type === 'folder')) return [];
  return [
    `IncludeFolderMembers is ${IncludeFolderMembers}, but none of the assets is a folder. Add the folder to the assets, or ` +
      'remove IncludeFolderMembers.',
  ];
}

function bucketProblems({ ArtifactBucket }: RuleInput): string[] {
  if (ArtifactBucket === undefined || BUCKET_NAME.test(ArtifactBucket)) return [];
  return [
    `ArtifactBucket '${ArtifactBucket}' is not the name of a bucket. Use the name alone, such as my-artifacts, and neither a ` +
      'URI nor an ARN.',
  ];
}

function prefixProblems(prefix: string): string[] {
  const problems: string[] = [];
  if (prefix.startsWith('/')) {
    const remedy = /^\/+$/.test(prefix)
      ? 'Remove the prefix'
      : `Remove the slash and write '${prefix.replace(/^\/+/, '')}'`;
    problems.push(
      `ArtifactPrefix '${prefix}' starts with a slash, which makes a folder without a name in S3. ${remedy}.`,
    );
  }
  if (/\p{Surrogate}/u.test(prefix)) {
    problems.push(
      'ArtifactPrefix contains an unpaired surrogate, which a key cannot contain. Use the whole character, or remove it.',
    );
  }
  const bytes = new TextEncoder().encode(prefix).length;
  if (bytes > MAX_PREFIX_BYTES) {
    problems.push(
      `ArtifactPrefix has ${bytes} bytes of UTF-8, but at most ${MAX_PREFIX_BYTES} fit in the response to CloudFormation. Shorten it.`,
    );
  }
  return problems;
}
