import { forTypes, type LintAssetPart, type LintRule } from '../lint-rule';
import { isUnsupportedKind } from './not-importable';

/** Kinds that authenticate with an IAM role, or that have no credentials. */
const KINDS_WITHOUT_PASSWORD = new Set([
  'AMAZON_ELASTICSEARCH',
  'AMAZON_OPENSEARCH',
  'ATHENA',
  'AWS_IOT_ANALYTICS',
  'QBUSINESS',
  'S3',
  'S3_KNOWLEDGE_BASE',
  'S3_TABLES',
  'TIMESTREAM',
]);

export const DATA_SOURCE_WITHOUT_SECRET: LintRule = {
  id: 'data-source-without-secret',
  severity: 'warning',
  remedy:
    'Configure the data source with a secret of Secrets Manager, or pass its credentials in the override parameters.',
  checkAsset: forTypes(['datasource'], function* (part) {
    const kind = part.properties.get('type').text;
    if (kind === undefined || part.asset.facts.hasSecret === true || !needsPassword(part, kind)) return;
    yield {
      path: part.properties.pointer,
      message: `The ${kind} data source has no secret. QuickSight exports no password, so the import fails without credentials.`,
    };
  }),
};

function needsPassword({ properties }: LintAssetPart, kind: string): boolean {
  if (KINDS_WITHOUT_PASSWORD.has(kind) || isUnsupportedKind(kind)) return false;
  // A template can have parameters for the user name and the password.
  if (properties.get('credentials', 'credentialPair').exists) return false;
  const redshift = properties.get('dataSourceParameters', 'redshiftParameters');
  if (redshift.get('iamParameters').exists || redshift.get('identityCenterConfiguration').exists) return false;
  return properties.get('dataSourceParameters', 'webCrawlerParameters', 'webCrawlerAuthType').text !== 'NO_AUTH';
}
