import type { AssetReference, Inventory } from '../../../bundle/inventory-types';
import { lintContext } from '../../../bundle/lint/lint-context';
import { ACCOUNT, arnOf, qsFile, REGION, reference } from '../../support/lint-input';

const OTHER = { account: '111122223333', region: 'eu-west-1' };

const outside = (id: string, environment = {}): AssetReference => ({
  ...reference('dataset', id, 'outside'),
  arn: arnOf(`dataset/${id}`, environment),
});

const inventory = (references: readonly AssetReference[], more: Partial<Inventory> = {}): Inventory =>
  qsFile([{ type: 'analysis', id: 'sales', content: {}, references }], more).inventory;

test('has the most frequent account and region of the references', () => {
  const mixed = inventory([outside('a', OTHER), outside('b'), outside('c')]);
  expect(lintContext(mixed, {})).toMatchObject({ account: ACCOUNT, region: REGION });
});

test('has the first of two equally frequent accounts, whatever their order', () => {
  const references = [outside('a', OTHER), outside('b')];
  expect(lintContext(inventory(references), {}).account).toBe(OTHER.account);
  expect(lintContext(inventory([...references].reverse()), {}).account).toBe(OTHER.account);
});

test('counts the ARNs of assets, and neither managed themes nor expressions', () => {
  const managed = { ...reference('theme', 'CLASSIC', 'managed'), arn: 'arn:aws:quicksight::aws:theme/CLASSIC' };
  const expression = { ...outside('a'), arn: 'arn:aws:quicksight:${AWS::Region}:${AWS::AccountId}:dataset/a' };
  const read = inventory([managed, managed, expression, expression]);
  expect(lintContext(read, {})).not.toHaveProperty('account');
  expect(lintContext(read, {})).not.toHaveProperty('region');
  const assets = read.assets.map((asset) => ({ ...asset, arn: arnOf('analysis/sales') }));
  expect(lintContext({ ...read, assets }, {})).toMatchObject({ account: ACCOUNT, region: REGION });
});

test('prefers the source that the inventory shows, and options to both', () => {
  const read = inventory([outside('a', OTHER)], { sourceAccount: ACCOUNT, sourceRegion: REGION });
  expect(lintContext(read, {})).toMatchObject({ account: ACCOUNT, region: REGION });
  expect(lintContext(read, OTHER)).toMatchObject(OTHER);
});

test('finds an asset by type and id', () => {
  const { findAsset } = lintContext(inventory([]), {});
  expect(findAsset('analysis', 'sales')).toMatchObject({ path: 'analysis/sales.json' });
  expect(findAsset('dashboard', 'sales')).toBeUndefined();
});

test('has the current time by default', () => {
  const before = Date.now();
  const { now } = lintContext(inventory([]), {});
  expect(now.getTime()).toBeGreaterThanOrEqual(before);
  expect(now.getTime()).toBeLessThanOrEqual(Date.now());
});
