import type { ServiceModel } from '../../../../local/quicksight/model/service-model';
import { COPY, call, caught, start } from './call';
import type { Json } from './violations';
import { EXPORT_OPERATIONS, realModel, sample, violationsOf } from './violations';

const real = realModel();
const models: Array<[string, ServiceModel]> = [
  ['the trimmed copy', COPY],
  ...(real ? [['the service model', real] as [string, ServiceModel]] : []),
];

const violations = models.flatMap(([name, model]) =>
  EXPORT_OPERATIONS.flatMap((operation) =>
    violationsOf(model, operation).map((violation) => ({ ...violation, name, model })),
  ),
);

test('violationsOf() finds the constraints of all three operations', () => {
  const count = (operation: string) => violationsOf(COPY, operation).length;
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
    const titles = violationsOf(COPY, 'StartAssetBundleExportJob').map(({ title }) => title);
    expect(titles).toContain(`StartAssetBundleExportJob ${path}: length 51`);
    expect(titles).toContain(`StartAssetBundleExportJob ${path}.1.member.properties: length 11`);
    expect(titles).toContain(
      `StartAssetBundleExportJob ${path}.1.member.properties: an item with a value that is not in the set`,
    );
    expect(titles).toContain(`StartAssetBundleExportJob ${path}.1.member.arn: absent`);
  }
});

test.each(violations)('$name rejects $title', ({ model, operation, input, error, parts }) => {
  const rejection = caught(() => call(model, operation, input));
  expect(rejection).toMatchObject({ name: error, status: 400 });
  for (const part of parts) expect(rejection.message).toContain(part);
});

test.each(models.flatMap(([name, model]) => EXPORT_OPERATIONS.map((operation) => ({ name, model, operation }))))(
  '$name accepts a complete input of $operation, and does not change it',
  ({ model, operation }) => {
    const input = sample(model, model.operations[operation]?.input.shape ?? '') as Json;
    expect(call(model, operation, input)).toEqual(input);
  },
);

test("a violation has the service's own message", () => {
  expect(caught(() => start({ ResourceArns: [] })).message).toBe(
    "1 validation error detected: Value '[]' at 'resourceArns' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

test('several violations are reported in one error', () => {
  expect(
    caught(() => start({ ExportFormat: 'ZIP', AssetBundleExportJobId: 'a b', ResourceArns: undefined })).message,
  ).toBe(
    "3 validation errors detected: Value 'a b' at 'assetBundleExportJobId' failed to satisfy constraint: Member must satisfy regular " +
      "expression pattern: [\\w\\-]+; Value null at 'resourceArns' failed to satisfy constraint: Member must not be null; Value 'ZIP' at " +
      "'exportFormat' failed to satisfy constraint: Member must satisfy enum value set: [CLOUDFORMATION_JSON, QUICKSIGHT_JSON]",
  );
});

test('the path of an override starts its index at one', () => {
  const Dashboards = [
    { Arn: 'a', Properties: ['Name'] },
    { Arn: 'b', Properties: ['Host'] },
  ];
  expect(caught(() => start({ CloudFormationOverridePropertyConfiguration: { Dashboards } })).message).toBe(
    "1 validation error detected: Value '[Host]' at 'cloudFormationOverridePropertyConfiguration.dashboards.2.member.properties' failed to " +
      'satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Name]]',
  );
});

test('an ARN can be any text, because it has no constraint', () => {
  expect(start({ ResourceArns: ['', 'x', 'x'] })).toMatchObject({ ResourceArns: ['', 'x', 'x'] });
});

test('null in a list is rejected', () => {
  expect(caught(() => start({ ResourceArns: [null] })).message).toContain("Value '[null]' at 'resourceArns'");
});
