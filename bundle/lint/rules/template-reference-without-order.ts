import type { AssetReference } from '../../inventory-types';
import type { JsonCursor, TextCursor } from '../json-cursor';
import type { LintRule } from '../lint-rule';

export const TEMPLATE_REFERENCE_WITHOUT_ORDER: LintRule = {
  id: 'template-reference-without-order',
  severity: 'warning',
  remedy:
    'Add the resource to DependsOn, or refer to it with Fn::GetAtt. Otherwise CloudFormation can create it too late.',
  format: 'CLOUDFORMATION_JSON',
  *checkAsset({ asset, root, texts }, { findAsset }) {
    const targets = asset.references.filter(({ where }) => where === 'bundle');
    if (targets.length === 0) return;
    const ordered = orderedAfter(root);
    for (const reference of targets) {
      const target = findAsset(reference.type, reference.id);
      const logicalId = target?.path.slice('Resources/'.length);
      if (target === undefined || target === asset || logicalId === undefined || ordered.has(logicalId)) continue;
      const path = pointerOf(texts(), reference);
      yield {
        ...(path !== undefined && { path }),
        message: `The resource uses the ${reference.type} ${reference.id}, and nothing orders it after the resource ${logicalId}.`,
      };
    }
  },
};

/** Logical ids that CloudFormation creates before the resource. */
function orderedAfter(resource: JsonCursor): Set<string> {
  const ids = new Set(
    resource
      .get('DependsOn')
      .texts()
      .map(({ text }) => text),
  );
  for (const cursor of resource.texts()) {
    const { text } = cursor;
    switch (functionOf(cursor)) {
      case 'Ref':
        ids.add(text);
        break;
      case 'Fn::GetAtt':
        ids.add(text.replace(/\..*$/s, ''));
        break;
      case 'Fn::Sub':
        for (const [, id = ''] of text.matchAll(/\$\{([^!.}][^.}]*)/g)) ids.add(id);
        break;
      default:
    }
  }
  return ids;
}

/** The intrinsic function whose only or first argument is this text. */
const functionOf = ({ key, parent }: JsonCursor): string | undefined => (key === '0' ? parent?.key : key);

function pointerOf(texts: readonly TextCursor[], { arn, id }: AssetReference): string | undefined {
  const isId = ({ text }: TextCursor): boolean => text === id || text.endsWith(`/${id}`);
  return (texts.find(({ text }) => text === arn) ?? texts.find(isId))?.pointer;
}
