import exportModel from './export-model.json';

/** The service model in botocore's format, without its documentation. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'string' | 'boolean' | 'integer' | 'timestamp';
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

export interface Member {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'statusCode';
  readonly locationName?: string;
}

export interface Operation {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input: { readonly shape: string };
}

export interface ServiceModel {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const exports = exportModel as unknown as ServiceModel;

const describeDefinition = (name: string, path: string, id: string): Operation => ({
  name,
  http: { method: 'GET', requestUri: `/accounts/{AwsAccountId}/${path}/{${id}}/definition` },
  input: { shape: `${name}Request` },
});

const describeDefinitionRequest = (id: string): Shape => ({
  type: 'structure',
  required: ['AwsAccountId', id],
  members: {
    AwsAccountId: { shape: 'AwsAccountId', location: 'uri', locationName: 'AwsAccountId' },
    [id]: { shape: 'ShortRestrictiveResourceId', location: 'uri', locationName: id },
  },
});

/** The export operations, and the two that list the errors of an asset that "has associated errors and cannot be exported". */
export const MODEL: ServiceModel = {
  operations: {
    ...exports.operations,
    DescribeDashboardDefinition: describeDefinition('DescribeDashboardDefinition', 'dashboards', 'DashboardId'),
    DescribeAnalysisDefinition: describeDefinition('DescribeAnalysisDefinition', 'analyses', 'AnalysisId'),
  },
  shapes: {
    ...exports.shapes,
    DescribeDashboardDefinitionRequest: describeDefinitionRequest('DashboardId'),
    DescribeAnalysisDefinitionRequest: describeDefinitionRequest('AnalysisId'),
  },
};

export function shapeOf(name: string): Shape {
  const shape = MODEL.shapes[name];
  if (!shape) throw new Error(`The service model has no shape ${name}.`);
  return shape;
}
