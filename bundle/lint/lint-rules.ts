import type { LintRule } from './lint-rule';
import { BUNDLE_SIZE, BUNDLE_SIZE_BODY } from './rules/bundle-size';
import { DATA_SOURCE_WITHOUT_SECRET } from './rules/data-source-without-secret';
import { FOREIGN_ACCOUNT, FOREIGN_REGION } from './rules/foreign-arns';
import { CUSTOM_SQL, HARD_CODED_CATALOG, HARD_CODED_SCHEMA } from './rules/hard-coded-query';
import { LEGACY_DATA_SET } from './rules/legacy-data-set';
import { LINK_ENTITY_OUTSIDE, LINK_ENTITY_TYPE, TOO_MANY_LINK_ENTITIES } from './rules/link-entities';
import {
  SAGEMAKER_COLUMN,
  UNSUPPORTED_DATA_SET,
  UNSUPPORTED_DATA_SOURCE,
  UPLOADED_MANIFEST,
} from './rules/not-importable';
import { OUTSIDE_REFERENCE, ROW_LEVEL_SECURITY_OUTSIDE } from './rules/outside-references';
import { SCHEDULE_START_IN_PAST } from './rules/schedule-start-in-past';
import { SERVICE_LIMIT } from './rules/service-limit';
import { SOURCE_PRINCIPALS } from './rules/source-principals';
import {
  TEMPLATE_HARD_CODED_ACCOUNT,
  TEMPLATE_HARD_CODED_HOST,
  TEMPLATE_HARD_CODED_PRINCIPAL,
} from './rules/template-hard-coded';
import { TEMPLATE_PARAMETER_WITHOUT_DEFAULT } from './rules/template-parameters';
import { TEMPLATE_REFERENCE_WITHOUT_ORDER } from './rules/template-reference-without-order';
import {
  TEMPLATE_RESOURCE_COUNT,
  TEMPLATE_SIZE,
  TEMPLATE_SIZE_BODY,
  TEMPLATE_SIZE_CODEPIPELINE,
} from './rules/template-size';
import { VPC_CONNECTION_NETWORK } from './rules/vpc-connection-network';

/** All rules, in the order of docs/reference/lint-rules.md. A new rule is a new row here and a new section there. */
export const LINT_RULES: readonly LintRule[] = [
  TOO_MANY_LINK_ENTITIES,
  LINK_ENTITY_TYPE,
  LINK_ENTITY_OUTSIDE,
  UNSUPPORTED_DATA_SOURCE,
  UPLOADED_MANIFEST,
  UNSUPPORTED_DATA_SET,
  SAGEMAKER_COLUMN,
  DATA_SOURCE_WITHOUT_SECRET,
  SCHEDULE_START_IN_PAST,
  OUTSIDE_REFERENCE,
  ROW_LEVEL_SECURITY_OUTSIDE,
  FOREIGN_ACCOUNT,
  FOREIGN_REGION,
  HARD_CODED_SCHEMA,
  HARD_CODED_CATALOG,
  CUSTOM_SQL,
  LEGACY_DATA_SET,
  SERVICE_LIMIT,
  VPC_CONNECTION_NETWORK,
  SOURCE_PRINCIPALS,
  BUNDLE_SIZE,
  BUNDLE_SIZE_BODY,
  TEMPLATE_SIZE,
  TEMPLATE_SIZE_CODEPIPELINE,
  TEMPLATE_SIZE_BODY,
  TEMPLATE_RESOURCE_COUNT,
  TEMPLATE_PARAMETER_WITHOUT_DEFAULT,
  TEMPLATE_HARD_CODED_HOST,
  TEMPLATE_HARD_CODED_ACCOUNT,
  TEMPLATE_HARD_CODED_PRINCIPAL,
  TEMPLATE_REFERENCE_WITHOUT_ORDER,
];
