import { routeOf } from '../../../../local/quicksight/http/route';
import { requireConstraints } from '../../../../local/quicksight/model/constraints';
import type { Input } from '../../../../local/quicksight/model/decode';
import { decodeInput } from '../../../../local/quicksight/model/decode';
import trimmed from '../../../../local/quicksight/model/export-model.json';
import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { MODEL } from '../../../../local/quicksight/model/service-model';
import type { Json } from './violations';
import { EXPORT_OPERATIONS, realModel, requestOf, sample, violationsOf } from './violations';

const copy = trimmed as unknown as ServiceModel;
const real = realModel();
const models: Array<[string, ServiceModel]> = [
  ['the trimmed copy', copy],
  ...(real ? [['the service model', real] as [string, ServiceModel]] : []),
];

/** What the operation says to the input, as it arrives over the wire. */
function call(model: ServiceModel, operation: string, given: Json): Input {
  const { method, path, body = '' } = requestOf(model, operation, given);
  const [pathname = '', search] = path.split('?');
  const route = routeOf(method, pathname);
  expect(route?.operation.name).toBe(operation);
  const found = MODEL.operations[operation];
  if (!found || !route) throw new Error(operation);
  const input = decodeInput(found, { labels: route.labels, query: new URLSearchParams(search), body });
  requireConstraints(found, input);
  return input;
}

const violations = models.flatMap(([name, model]) =>
  EXPORT_OPERATIONS.flatMap((operation) =>
    violationsOf(model, operation).map((violation) => ({ ...violation, name, model })),
  ),
);

test('the walk finds the constraints of all three operations', () => {
  const count = (operation: string) => violationsOf(copy, operation).length;
  expect(EXPORT_OPERATIONS.map(count)).toEqual([148, 8, 7]);
  for (const list of [
    'vPCConnections',
    'refreshSchedules',
    'dataSources',
    'dataSets',
    'themes',
    'analyses',
    'dashboards',
    'folders',
    'topicsV2',
  ]) {
    const path = `cloudFormationOverridePropertyConfiguration.${list}`;
    const titles = violationsOf(copy, 'StartAssetBundleExportJob').map(({ title }) => title);
    expect(titles).toContain(`StartAssetBundleExportJob ${path}: length 51`);
    expect(titles).toContain(`StartAssetBundleExportJob ${path}.1.member.properties: length 11`);
    expect(titles).toContain(
      `StartAssetBundleExportJob ${path}.1.member.properties: an item with a value that is not in the set`,
    );
    expect(titles).toContain(`StartAssetBundleExportJob ${path}.1.member.arn: not given`);
  }
});

test.each(violations)('$name: $title', ({ model, operation, input, error, parts }) => {
  const refusal = caught(() => call(model, operation, input));
  expect(refusal).toMatchObject({ name: error, status: 400 });
  for (const part of parts) expect(refusal.message).toContain(part);
});

test.each(models.flatMap(([name, model]) => EXPORT_OPERATIONS.map((operation) => ({ name, model, operation }))))(
  '$name: a full input of $operation passes, unchanged',
  ({ model, operation }) => {
    const input = sample(model, model.operations[operation]?.input.shape ?? '') as Json;
    expect(call(model, operation, input)).toEqual(input);
  },
);

test('the trimmed copy says what the service model says, and no less', () => {
  // Without the service model, its size is what can be held against it.
  expect(Object.keys(copy.shapes)).toHaveLength(74);
  expect(Object.keys(copy.operations)).toEqual(EXPORT_OPERATIONS);
  if (!real) return;
  const shapes = reachable(real, EXPORT_OPERATIONS);
  expect(copy.shapes).toEqual(Object.fromEntries([...shapes].map((name) => [name, undocumented(real.shapes[name])])));
  expect(copy.operations).toEqual(
    Object.fromEntries(EXPORT_OPERATIONS.map((name) => [name, undocumented(real.operations[name])])),
  );
});

const START = {
  AwsAccountId: '123456789012',
  AssetBundleExportJobId: 'job',
  ResourceArns: ['arn'],
  ExportFormat: 'QUICKSIGHT_JSON',
};
const start = (more: Json) => call(copy, 'StartAssetBundleExportJob', { ...START, ...more });

test("one violation has the service's own sentence", () => {
  expect(caught(() => start({ ResourceArns: [] })).message).toBe(
    "1 validation error detected: Value '[]' at 'resourceArns' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

test('several violations are told together', () => {
  expect(
    caught(() => start({ ExportFormat: 'ZIP', AssetBundleExportJobId: 'a b', ResourceArns: undefined })).message,
  ).toBe(
    "3 validation errors detected: Value 'a b' at 'assetBundleExportJobId' failed to satisfy constraint: Member must satisfy regular " +
      "expression pattern: [\\w\\-]+; Value null at 'resourceArns' failed to satisfy constraint: Member must not be null; Value 'ZIP' at " +
      "'exportFormat' failed to satisfy constraint: Member must satisfy enum value set: [CLOUDFORMATION_JSON, QUICKSIGHT_JSON]",
  );
});

test('the items of a list of overrides are counted from one', () => {
  const Dashboards = [
    { Arn: 'a', Properties: ['Name'] },
    { Arn: 'b', Properties: ['Host'] },
  ];
  expect(caught(() => start({ CloudFormationOverridePropertyConfiguration: { Dashboards } })).message).toBe(
    "1 validation error detected: Value '[Host]' at 'cloudFormationOverridePropertyConfiguration.dashboards.2.member.properties' failed to " +
      'satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Name]]',
  );
});

test('an ARN may be any text: no constraint is on it', () => {
  expect(start({ ResourceArns: ['', 'x', 'x'] })).toMatchObject({ ResourceArns: ['', 'x', 'x'] });
});

test('an item of another type is refused', () => {
  expect(caught(() => start({ ResourceArns: [7] }))).toMatchObject({
    name: 'SerializationException',
    message: 'NUMBER_VALUE can not be converted to a String',
  });
});

test('null in a list is refused', () => {
  expect(caught(() => start({ ResourceArns: [null] })).message).toContain("Value '[null]' at 'resourceArns'");
});

test('members that the model does not have are left out, as are nulls', () => {
  expect(start({ Surprise: 1, IncludeTags: null })).toEqual(START);
});

test.each(['{', '[]', '"text"', '7', 'null', '{"ResourceArns":[}'])('the body %s is refused', (body) => {
  const operation = MODEL.operations['StartAssetBundleExportJob'];
  if (!operation) throw new Error('no operation');
  const labels = { AwsAccountId: '123456789012' };
  expect(caught(() => decodeInput(operation, { labels, query: new URLSearchParams(), body })).name).toBe(
    'SerializationException',
  );
});

test.each(['1.5', 'ten', '', '99999999999'])('max-results=%s is no integer', (text) => {
  const operation = MODEL.operations['ListAssetBundleExportJobs'];
  if (!operation) throw new Error('no operation');
  const query = new URLSearchParams({ 'max-results': text });
  expect(caught(() => decodeInput(operation, { labels: {}, query, body: '' })).name).toBe('SerializationException');
});

function caught(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it passed');
}

function reachable(model: ServiceModel, operations: string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string | undefined) => {
    if (name === undefined || found.has(name)) return;
    found.add(name);
    const { members = {}, member } = model.shapes[name] ?? { type: 'string' };
    for (const { shape } of Object.values(members)) add(shape);
    add(member?.shape);
  };
  for (const name of operations) {
    const { input, output, errors } = model.operations[name] as unknown as { input: Ref; output: Ref; errors: Ref[] };
    for (const { shape } of [input, output, ...errors]) add(shape);
  }
  return found;
}

interface Ref {
  readonly shape: string;
}

function undocumented(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item: unknown) =>
      key === 'documentation' && typeof item === 'string' ? undefined : item,
    ),
  );
}
