import { routeOf } from '../../../../local/quicksight/http/route';
import { requireConstraints } from '../../../../local/quicksight/model/constraints';
import type { Input } from '../../../../local/quicksight/model/decode';
import { decodeInput } from '../../../../local/quicksight/model/decode';
import trimmed from '../../../../local/quicksight/model/export-model.json';
import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { MODEL } from '../../../../local/quicksight/model/service-model';
import type { Json } from './violations';
import { requestOf } from './violations';

/** The trimmed copy of the service model, which the stand-in uses. */
export const COPY = trimmed as unknown as ServiceModel;

/** Sends an input through path, query and body. Returns the decoded input, or throws the error of the operation. */
export function call(model: ServiceModel, operation: string, value: Json): Input {
  const { method, path, body = '' } = requestOf(model, operation, value);
  const [pathname = '', search] = path.split('?');
  const route = routeOf(method, pathname);
  expect(route?.operation.name).toBe(operation);
  const found = MODEL.operations[operation];
  if (!found || !route) throw new Error(`There is no operation ${operation}.`);
  const input = decodeInput(found, { labels: route.labels, query: new URLSearchParams(search), body });
  requireConstraints(found, input);
  return input;
}

/** StartAssetBundleExportJob with a valid input and changes to it. */
export const START = {
  AwsAccountId: '123456789012',
  AssetBundleExportJobId: 'job',
  ResourceArns: ['arn'],
  ExportFormat: 'QUICKSIGHT_JSON',
};
export const start = (more: Json) => call(COPY, 'StartAssetBundleExportJob', { ...START, ...more });

export function caught(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('The call did not fail.');
}
