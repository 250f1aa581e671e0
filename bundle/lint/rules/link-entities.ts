import { assetOfArn, parseArn } from '../arn';
import type { JsonCursor } from '../json-cursor';
import { forTypes, type LintAssetPart, type LintRule } from '../lint-rule';

/** LinkEntityArnList in the service model: at most 5 items. Seen on import: "Member must have length less than or equal to 5". */
const MAX_LINK_ENTITIES = 5;

export const TOO_MANY_LINK_ENTITIES: LintRule = {
  id: 'too-many-link-entities',
  severity: 'error',
  remedy: `Remove links until ${MAX_LINK_ENTITIES} remain: use UpdateDashboardLinks, and export again.`,
  checkAsset: forTypes(['dashboard'], function* ({ properties }) {
    const links = properties.get('linkEntities');
    const count = links.children().length;
    if (count <= MAX_LINK_ENTITIES) return;
    yield {
      path: links.pointer,
      message: `The dashboard has ${count} link entities. An import accepts at most ${MAX_LINK_ENTITIES}.`,
    };
  }),
};

export const LINK_ENTITY_TYPE: LintRule = {
  id: 'link-entity-type',
  severity: 'error',
  remedy: 'Remove the link with UpdateDashboardLinks, and export again.',
  checkAsset: forTypes(['dashboard'], function* (part) {
    for (const { link, arn, type } of linksOf(part)) {
      if (type === 'analysis') continue;
      yield { path: link.pointer, message: `The dashboard links to ${arn}. A link entity must be an analysis.` };
    }
  }),
};

export const LINK_ENTITY_OUTSIDE: LintRule = {
  id: 'link-entity-outside',
  severity: 'warning',
  remedy: 'Add the analysis to the export, or remove the link with UpdateDashboardLinks.',
  checkAsset: forTypes(['dashboard'], function* (part, { findAsset }) {
    for (const { link, arn, type, id } of linksOf(part)) {
      if (type !== 'analysis' || findAsset(type, id)) continue;
      yield {
        path: link.pointer,
        message: `The dashboard links to ${arn}, which is not in the bundle. The import fails if the analysis does not exist.`,
      };
    }
  }),
};

interface Link {
  readonly link: JsonCursor;
  readonly arn: string;
  readonly type: string;
  readonly id: string;
}

/** Links with an ARN. A template can have an expression instead, which names a resource of the template. */
function linksOf({ properties }: LintAssetPart): Link[] {
  return properties
    .get('linkEntities')
    .children()
    .flatMap((link) => {
      if (link.text === undefined) return [];
      const arn = parseArn(link.text);
      const { type = '', id = '' } = (arn && assetOfArn(arn)) ?? {};
      return [{ link, arn: link.text, type, id }];
    });
}
