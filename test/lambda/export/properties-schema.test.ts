import { safeParse } from 'valibot';
import { exportPropertiesSchema } from '../../../lambda/export/properties-schema';
import model from '../../../local/quicksight/model/export-model.json';
import { assetArn, PROPERTIES } from '../../../testing/cloudformation-events';

/** A shape of the service model. */
interface Shape {
  readonly members?: Record<string, { readonly shape: string }>;
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

const SHAPES = model.shapes as Record<string, Shape>;

const shape = (name: string | undefined): Shape => {
  const found = SHAPES[name ?? ''];
  if (!found) throw new Error(`the service model has no shape ${name}`);
  return found;
};

const accepts = (change: object): boolean => safeParse(exportPropertiesSchema, { ...PROPERTIES, ...change }).success;

test('the request members of StartAssetBundleExportJob are properties', () => {
  const { AwsAccountId, AssetBundleExportJobId, ...members } = shape('StartAssetBundleExportJobRequest').members ?? {};
  expect([AwsAccountId, AssetBundleExportJobId]).not.toContain(undefined);
  const decoded = safeParse(exportPropertiesSchema, Object.fromEntries(Object.keys(members).map((name) => [name, {}])));
  expect(decoded.issues?.filter(({ type }) => type === 'never')).toEqual([]);
});

test.each([
  ['ExportFormat', 'AssetBundleExportFormat'],
  ['IncludeFolderMembers', 'IncludeFolderMembers'],
])('%s accepts the values of the service model', (property, name) => {
  for (const value of shape(name).enum ?? []) expect([value, accepts({ [property]: value })]).toEqual([value, true]);
  expect(accepts({ [property]: 'OTHER' })).toBe(false);
});

test('the number of assets has the limits of the service model', () => {
  const { min = 0, max = 0 } = shape('AssetBundleResourceArns');
  const arns = (length: number) => ({ ResourceArns: Array.from({ length }, (_, n) => assetArn(`dashboard/d${n}`)) });
  expect([min - 1, min, max, max + 1].map((length) => accepts(arns(length)))).toEqual([false, true, true, false]);
});

const OVERRIDES = shape('AssetBundleCloudFormationOverridePropertyConfiguration').members ?? {};
const { ResourceIdOverrideConfiguration, ...LISTS } = OVERRIDES;

test('the prefix for all resources can be overridden', () => {
  expect(ResourceIdOverrideConfiguration).toBeDefined();
  const configuration = { ResourceIdOverrideConfiguration: { PrefixForAllResources: 'true' } };
  expect(accepts({ CloudFormationOverridePropertyConfiguration: configuration })).toBe(true);
});

test.each(Object.entries(LISTS))(
  'the overrides of %s have the names and limits of the service model',
  (list, member) => {
    const items = shape(member.shape);
    const { Properties } = shape(items.member?.shape).members ?? {};
    const properties = shape(Properties?.shape);
    const [first = '', ...others] = shape(properties.member?.shape).enum ?? [];
    const { max: maxItems = 0 } = items;
    const { max: maxProperties = 0 } = properties;
    const acceptsList = (overrides: object[]) =>
      accepts({ CloudFormationOverridePropertyConfiguration: { [list]: overrides } });
    const override = (...names: string[]) => ({ Arn: '*', Properties: names });
    const times = <Item>(length: number, item: Item) => Array.from({ length }, () => item);

    for (const name of [first, ...others]) expect([name, acceptsList([override(name)])]).toEqual([name, true]);
    expect(acceptsList([override('Owner')])).toBe(false);
    expect([0, maxItems, maxItems + 1].map((length) => acceptsList(times(length, override(first))))).toEqual([
      false,
      true,
      false,
    ]);
    expect(
      [0, maxProperties, maxProperties + 1].map((length) => acceptsList([override(...times(length, first))])),
    ).toEqual([false, true, false]);
  },
);
