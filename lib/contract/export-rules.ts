import { parseAssetArn } from './asset-arn';
import type { ExportProperties } from './export-resource';
import { BUCKET_NAME_PATTERN, MAX_PREFIX_BYTES } from './export-resource';

/** What the rules look at; a member that is not known yet (an unresolved token) is left out. */
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
 * The mistakes that the schema does not show, or not in words, each as a sentence with what was given, what is expected and what to
 * write. The construct refuses them at synthesis; the handlers refuse them in templates written by hand.
 */
export function contradictions(given: RuleInput): string[] {
  const found: string[] = [];
  if (given.CloudFormationOverridePropertyConfiguration && given.ExportFormat === 'QUICKSIGHT_JSON') {
    found.push(
      'CloudFormationOverridePropertyConfiguration was given with ExportFormat QUICKSIGHT_JSON, but only a CLOUDFORMATION_JSON export ' +
        'has parameters to override: set ExportFormat to CLOUDFORMATION_JSON, or leave the override configuration out.',
    );
  }
  const types = given.ResourceArns?.map((arn) => parseAssetArn(arn)?.type);
  // Memberships together with all dependencies bring the folders of the assets in.
  const bringsFolders = given.IncludeFolderMemberships && given.IncludeAllDependencies;
  if (
    types &&
    !bringsFolders &&
    given.IncludeFolderMembers &&
    given.IncludeFolderMembers !== 'NONE' &&
    !types.includes('folder')
  ) {
    found.push(
      `IncludeFolderMembers ${given.IncludeFolderMembers} was given, but none of the assets is a folder: add the folder to the assets, ` +
        'or leave IncludeFolderMembers out.',
    );
  }
  if (given.ArtifactBucket !== undefined && !BUCKET_NAME.test(given.ArtifactBucket)) {
    found.push(
      `ArtifactBucket '${given.ArtifactBucket}' is not the name of a bucket, 3 to 63 lower-case letters, digits, dots and hyphens: write the ` +
        'name alone, such as my-artifacts, and neither a URI nor an ARN.',
    );
  }
  const prefix = given.ArtifactPrefix ?? '';
  if (prefix.startsWith('/')) {
    found.push(
      `ArtifactPrefix '${prefix}' starts with a slash, which S3 would take for a folder without a name: ` +
        `${/^\/+$/.test(prefix) ? 'leave it out' : `write '${prefix.replace(/^\/+/, '')}'`}.`,
    );
  }
  if (/\p{Surrogate}/u.test(prefix)) {
    found.push(
      'ArtifactPrefix has half of a surrogate pair, which is no character that a key can have: write the whole character, or leave it out.',
    );
  }
  const bytes = new TextEncoder().encode(prefix).length;
  if (bytes > MAX_PREFIX_BYTES) {
    found.push(
      `ArtifactPrefix has ${bytes} bytes of UTF-8; at most ${MAX_PREFIX_BYTES} fit into the answer to CloudFormation: shorten it.`,
    );
  }
  return found;
}
