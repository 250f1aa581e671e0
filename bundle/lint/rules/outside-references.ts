import { assetOfArn, parseArn } from '../arn';
import { forTypes, type LintRule } from '../lint-rule';
import { rowLevelPermissionDataSets } from '../physical-tables';

export const OUTSIDE_REFERENCE: LintRule = {
  id: 'outside-reference',
  severity: 'warning',
  remedy:
    'Export with includeAllDependencies, or make sure that the target has an asset with this id before the import.',
  *checkAsset({ asset, properties, texts }) {
    const otherRules = [properties.get('linkEntities'), ...rowLevelPermissionDataSets(properties)];
    for (const { arn, type, id, where } of asset.references) {
      if (where !== 'outside') continue;
      const paths = texts()
        .filter(({ text }) => text === arn)
        .map(({ pointer }) => pointer);
      const path = paths.find((pointer) => !otherRules.some((other) => pointer.startsWith(`${other.pointer}/`)));
      if (paths.length > 0 && path === undefined) continue;
      yield {
        ...(path !== undefined && { path }),
        message: `${arn} is neither in the bundle nor managed by AWS. The import needs the ${type} ${id} in the target.`,
      };
    }
  },
};

export const ROW_LEVEL_SECURITY_OUTSIDE: LintRule = {
  id: 'row-level-security-outside',
  severity: 'warning',
  remedy: 'Add the data set with the rules to the export, and check who can read which rows after the import.',
  checkAsset: forTypes(['dataset'], function* ({ properties }, { findAsset }) {
    for (const rules of rowLevelPermissionDataSets(properties)) {
      for (const { text, pointer } of rules.get('arn').texts()) {
        const arn = parseArn(text);
        const { type, id } = (arn && assetOfArn(arn)) ?? {};
        if (type !== 'dataset' || id === undefined || findAsset(type, id)) continue;
        yield {
          path: pointer,
          message: `The data set with the rules of row-level security, ${text}, is not in the bundle.`,
        };
      }
    }
  }),
};
