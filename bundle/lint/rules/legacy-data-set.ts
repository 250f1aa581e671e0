import { forTypes, type LintRule } from '../lint-rule';

export const LEGACY_DATA_SET: LintRule = {
  id: 'legacy-data-set',
  severity: 'info',
  remedy:
    'Keep the shape of the data set equal in all environments. To change it, delete the data set in the target first.',
  checkAsset: forTypes(['dataset'], function* ({ asset, properties }) {
    if (asset.facts.dataSetShape !== 'legacy') return;
    const tables = properties.get('logicalTableMap');
    yield {
      ...(tables.exists && { path: tables.pointer }),
      message: `The data set ${asset.id} has the legacy shape. QuickSight cannot update it to the new data preparation.`,
    };
  }),
};
