import { memberOf } from '../json-members';
import type { JsonValue } from '../json-value';
import { AssetUses } from './asset-uses';
import type { DestructiveChange } from './bundle-diff';
import type { BundleVersion, VersionPart } from './bundle-version';
import { dataSetColumns } from './data-set-columns';
import { parameterNames } from './parameter-names';

/** A column or parameter that an asset no longer has. */
interface RemovedMember {
  readonly part: VersionPart;
  readonly noun: 'column' | 'parameter';
  readonly name: string;
}

/** Sections of a template. Their members are not assets. */
const TEMPLATE_SECTIONS = new Set(['Parameters', 'Conditions', 'Outputs', 'Mappings', 'Metadata', 'Rules']);

const USING_TYPES = new Set(['analysis', 'dashboard', 'dataset', 'topic']);

const SHOWN_ASSETS = 3;

/** The changes that delete an asset, that break another one, or that QuickSight refuses. Ordered by asset. */
export async function destructiveChanges(
  before: BundleVersion,
  after: BundleVersion,
  removed: readonly string[],
): Promise<DestructiveChange[]> {
  const changes = [
    ...removed.flatMap((name) => removedAsset(name, before, after)),
    ...[...before.contents.keys()].flatMap((name) => newShape(name, before, after)),
    ...(await removedMembers(before, after)),
  ];
  return changes.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function removedAsset(name: string, before: BundleVersion, after: BundleVersion): DestructiveChange[] {
  const { type, id } = before.parts.get(name) ?? { type: name, id: '' };
  if (before.bundle.format === 'CLOUDFORMATION_JSON' && (id === '' || TEMPLATE_SECTIONS.has(type))) return [];
  const users = [...after.parts.values()].filter(({ asset }) =>
    asset?.references.some((reference) => reference.type === type && reference.id === id),
  );
  const refer = users.length === 1 ? 'refers' : 'refer';
  return [
    {
      asset: name,
      reason:
        users.length === 0
          ? 'The asset was removed.'
          : `The asset was removed, and ${listed(users.map((user) => user.name))} ${refer} to it.`,
    },
  ];
}

/** Source: https://github.com/aws-solutions-library-samples/cloud-intelligence-dashboards-framework/issues/1501 */
function newShape(name: string, before: BundleVersion, after: BundleVersion): DestructiveChange[] {
  const [earlier, later] = [before, after].map(({ parts }) => parts.get(name)?.asset?.facts.dataSetShape);
  if (earlier !== 'legacy' || later !== 'new') return [];
  const reason =
    'The data set changes from the legacy shape to the new data preparation. QuickSight cannot update it in place.';
  return [{ asset: name, reason }];
}

async function removedMembers(before: BundleVersion, after: BundleVersion): Promise<DestructiveChange[]> {
  const members = [...before.contents].flatMap(([name, content]) => {
    const [part, later] = [before.parts.get(name), after.contents.get(name)];
    return part && later !== undefined ? membersLost(part, propertiesOf(content), propertiesOf(later)) : [];
  });
  if (members.length === 0) return [];
  const users = new Map<RemovedMember, string[]>();
  const parts = new Map([...after.parts.values()].map((part) => [part.path, part]));
  for await (const { path, content } of after.bundle.parts()) {
    const user = parts.get(path);
    if (!user?.asset || content === undefined || !USING_TYPES.has(user.type)) continue;
    const uses = new AssetUses({ properties: propertiesOf(content), dataSets: dataSetsOf(user) });
    for (const member of members) {
      if (member.part.name === user.name || !isUsed(member, uses)) continue;
      users.set(member, [...(users.get(member) ?? []), user.name]);
    }
  }
  return [...users].map(([{ part, noun, name }, names]) => ({
    asset: part.name,
    reason: `The ${noun} "${name}" was removed, and ${listed(names.sort())} ${names.length === 1 ? 'uses' : 'use'} it.`,
  }));
}

function membersLost(part: VersionPart, before: JsonValue, after: JsonValue): RemovedMember[] {
  const lost = (noun: RemovedMember['noun'], one: ReadonlySet<string>, other: ReadonlySet<string>): RemovedMember[] =>
    [...one].filter((name) => !other.has(name)).map((name) => ({ part, noun, name }));
  const [earlier, later] = part.type === 'dataset' ? [dataSetColumns(before), dataSetColumns(after)] : [];
  return [
    ...(earlier && later ? lost('column', earlier, later) : []),
    ...lost('parameter', parameterNames(before), parameterNames(after)),
  ];
}

function isUsed({ part, noun, name }: RemovedMember, uses: AssetUses): boolean {
  if (part.type !== 'dataset') return uses.setsParameter(part.id, name);
  return noun === 'column' ? uses.usesColumn(part.name, name) : uses.usesDataSetParameter(part.name, name);
}

const dataSetsOf = ({ asset }: VersionPart): Map<string, string> =>
  new Map(
    (asset?.references ?? []).flatMap(({ arn, type, id }) =>
      type === 'dataset' ? [[arn, `${type}/${id}`] as const] : [],
    ),
  );

/** A file has the members of the asset, a resource of a template has them in `Properties`. */
const propertiesOf = (content: JsonValue): JsonValue =>
  memberOf(content, 'Properties') !== undefined && memberOf(content, 'Type') !== undefined
    ? (memberOf(content, 'Properties') ?? null)
    : content;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_ASSETS);
  const more = names.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

const keyOf = ({ asset, reason }: DestructiveChange): string => `${asset}\0${reason}`;
