import type { JsonObject, JsonValue } from '../json-value';
import { DATA_SOURCE_PARAMETERS, type MemberTable } from './data-source-parameters';
import { isPlainValue, placeholder } from './placeholder';

/** Members of engines that authenticate with a role or with the identity of QuickSight. All others need credentials. */
const WITHOUT_CREDENTIALS = new Set([
  'AmazonElasticsearchParameters',
  'AmazonOpenSearchParameters',
  'AthenaParameters',
  'AwsIotAnalyticsParameters',
  'FMKBParameters',
  'QBusinessParameters',
  'S3KnowledgeBaseParameters',
  'S3Parameters',
  'S3TablesParameters',
]);

/** An entry of `DataSources` in OverrideParameters. It contains no password of the bundle. */
export function dataSourceOverride(id: string, dataSource: JsonObject): JsonObject {
  const parameters = membersOf(memberOf(dataSource, 'DataSourceParameters'), DATA_SOURCE_PARAMETERS);
  const vpcConnectionArn =
    memberOf(memberOf(dataSource, 'VpcConnectionProperties'), 'VpcConnectionArn') ??
    memberOf(dataSource, 'VpcConnectionArn');
  const disableSsl = memberOf(memberOf(dataSource, 'SslProperties'), 'DisableSsl');
  const engines = Object.keys(parameters);
  return {
    DataSourceId: id,
    ...(engines.length > 0 && { DataSourceParameters: parameters }),
    ...(vpcConnectionArn !== undefined && {
      VpcConnectionProperties: { VpcConnectionArn: placeholder('ARN of the VPC connection', vpcConnectionArn) },
    }),
    ...(typeof disableSsl === 'boolean' && { SslProperties: { DisableSsl: disableSsl } }),
    ...(needsCredentials(engines, parameters, dataSource) && {
      Credentials: { SecretArn: placeholder('ARN of the secret with the credentials', secretArnIn(dataSource)) },
    }),
  };
}

function needsCredentials(engines: readonly string[], parameters: JsonObject, dataSource: JsonObject): boolean {
  if (secretArnIn(dataSource) !== undefined || memberOf(dataSource, 'Credentials') !== undefined) return true;
  if (memberOf(parameters.RedshiftParameters, 'IAMParameters') !== undefined) return false;
  return engines.some((engine) => !WITHOUT_CREDENTIALS.has(engine));
}

const secretArnIn = (dataSource: JsonObject): JsonValue | undefined =>
  memberOf(dataSource, 'SecretArn') ?? memberOf(memberOf(dataSource, 'Credentials'), 'SecretArn');

/** The members of a value that the table lists, with the names of the API. */
function membersOf(value: JsonValue | undefined, table: MemberTable): JsonObject {
  const members: Record<string, JsonValue> = {};
  for (const [name, rule] of Object.entries(table)) {
    const member = memberOf(value, name);
    if (member === undefined || member === null) continue;
    if (typeof rule === 'object') {
      const inner = membersOf(member, rule);
      if (Object.keys(inner).length > 0) members[name] = inner;
    } else {
      const isKept = rule === 'keep' && isPlainValue(member);
      members[name] = isKept ? member : filledIn(name, member);
    }
  }
  return members;
}

/** A list in the API remains a list. */
const filledIn = (name: string, member: JsonValue): JsonValue =>
  Array.isArray(member) ? [placeholder(name, member)] : placeholder(name, member);

/** A member by its name in the API. A bundle spells it with a small first letter, and acronyms in several ways. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const spelling = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return spelling === undefined ? undefined : value[spelling];
}
