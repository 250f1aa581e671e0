import { catalog } from '../fixtures';

test('AssetCatalog rejects a text that is not the resource part of an ARN', () => {
  expect(() => catalog().add('dashboards/x', {})).toThrow(
    "'dashboards/x' is not the resource part of an asset's ARN. Use a value such as 'dashboard/sales-overview'.",
  );
});

test('AssetCatalog rejects a condition of an unknown asset', () => {
  expect(() => catalog().set('dashboard/no', {})).toThrow('The asset dashboard/no does not exist.');
});
