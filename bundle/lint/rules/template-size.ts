import type { Severity } from '../finding';
import type { LintRule } from '../lint-rule';

/** CloudFormation quotas, "Template body size in a request". */
const MAX_BODY_BYTES = 51_200;

/** 512 KB, reported in aws-cloudformation/cloudformation-coverage-roadmap #1023. */
const MAX_CODEPIPELINE_BYTES = 512_000;

/** CloudFormation quotas, "Template body size in an S3 object", 1 MB. CloudFormation reports "may not exceed 1000000 bytes". */
const MAX_S3_OBJECT_BYTES = 1_000_000;

/** CloudFormation quotas, "Resources". */
const MAX_RESOURCES = 500;

export const TEMPLATE_SIZE_BODY: LintRule = templateSize(
  'template-size-body',
  'info',
  MAX_BODY_BYTES,
  'CloudFormation does not accept it in a request.',
  'Upload the template to Amazon S3, and deploy it with TemplateURL.',
);

export const TEMPLATE_SIZE_CODEPIPELINE: LintRule = templateSize(
  'template-size-codepipeline',
  'warning',
  MAX_CODEPIPELINE_BYTES,
  'The CloudFormation action of CodePipeline does not accept it.',
  'Deploy the template without this action, or split the export.',
);

export const TEMPLATE_SIZE: LintRule = templateSize(
  'template-size',
  'error',
  MAX_S3_OBJECT_BYTES,
  'CloudFormation rejects it.',
  'Split the export into several templates.',
);

function templateSize(id: string, severity: Severity, maxBytes: number, effect: string, remedy: string): LintRule {
  return {
    id,
    severity,
    remedy,
    format: 'CLOUDFORMATION_JSON',
    *checkBundle({ inventory: { sizeBytes } }) {
      if (sizeBytes <= maxBytes) return;
      yield { message: `The template has ${sizeBytes} bytes, more than ${maxBytes}. ${effect}` };
    },
  };
}

export const TEMPLATE_RESOURCE_COUNT: LintRule = {
  id: 'template-resource-count',
  severity: 'error',
  remedy: 'Split the export into several templates.',
  format: 'CLOUDFORMATION_JSON',
  *checkBundle({ inventory: { assets, unknown } }) {
    const count = assets.length + unknown.length;
    if (count <= MAX_RESOURCES) return;
    yield { message: `The template has ${count} resources. CloudFormation accepts at most ${MAX_RESOURCES}.` };
  },
};
