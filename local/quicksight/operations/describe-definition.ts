import { capitalize } from '../bundle/cloudformation-json';
import { ServiceError } from '../core/service-error';
import type { Call } from './context';

/** DescribeDashboardDefinition and DescribeAnalysisDefinition: where the errors are that an export only hints at. */
export function describeDefinition(
  type: 'dashboard' | 'analysis',
  { input, scope, requestId }: Call,
): Record<string, unknown> {
  const member = type === 'dashboard' ? 'DashboardId' : 'AnalysisId';
  const id = input[member] as string;
  const asset = scope.catalog.get(`${type}/${id}`);
  if (!asset) throw new ServiceError('ResourceNotFoundException', `${capitalize(type)} ${id} is not found`);
  const { definition, definitionErrors = [], warnings = [] } = asset;
  return {
    [member]: id,
    Errors: [...definitionErrors, ...warnings.map((Message) => ({ Type: 'PARAMETER_NOT_FOUND', Message }))],
    Name: definition['name'],
    ResourceStatus: 'CREATION_SUCCESSFUL',
    ThemeArn: definition['themeArn'],
    Definition: onTheWire(definition['definition']),
    RequestId: requestId,
  };
}

/** Bundles spell members with a small letter, the operations with a capital one. */
function onTheWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onTheWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [capitalize(key), onTheWire(item)]));
}
