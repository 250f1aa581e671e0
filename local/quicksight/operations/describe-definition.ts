import { ASSET_TYPES } from '../assets/asset-types';
import { capitalize } from '../bundle/cloudformation-json';
import { ServiceError } from '../core/service-error';
import type { Call } from './context';

/** DescribeDashboardDefinition and DescribeAnalysisDefinition, which list the errors that an export job only mentions. */
export function describeDefinition(
  type: 'dashboard' | 'analysis',
  { input, account, requestId }: Call,
): Record<string, unknown> {
  const member = type === 'dashboard' ? 'DashboardId' : 'AnalysisId';
  const id = input[member] as string;
  const asset = account.catalog.get(`${type}/${id}`);
  if (!asset) throw new ServiceError('ResourceNotFoundException', `${ASSET_TYPES[type].apiName} ${id} is not found`);
  const { definition, definitionErrors = [], warnings = [] } = asset;
  return {
    [member]: id,
    Errors: [...definitionErrors, ...warnings.map((Message) => ({ Type: 'PARAMETER_NOT_FOUND', Message }))],
    Name: definition['name'],
    ResourceStatus: 'CREATION_SUCCESSFUL',
    ThemeArn: definition['themeArn'],
    Definition: toApi(definition['definition']),
    RequestId: requestId,
  };
}

/** Converts the camelCase members of a bundle to the PascalCase of the API. */
function toApi(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toApi);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [capitalize(key), toApi(item)]));
}
