/** Start of the name of every object that the handlers write. The policy of their role depends on it. */
export const ARTIFACT_NAME_PREFIX = 'assetbundle-';

/** End of the name of a manifest. The policy of the role depends on it. */
export const MANIFEST_EXTENSION = '.manifest.json';

/** End of the name of the empty object that proves that the bucket accepts objects. The policy of the role depends on it. */
export const WRITE_CHECK_EXTENSION = '.write-check';

/**
 * Maximum timeout of a custom resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-customresource.html
 */
export const CLOUDFORMATION_TIMEOUT_SECONDS = 3600;

/** Margin for the handlers to time out before CloudFormation does, so that CloudFormation shows their message. */
export const DEADLINE_MARGIN_SECONDS = 120;

export const DEFAULT_TIMEOUT_SECONDS = 1800;
