import type { JsonValue } from '../json-value';
import type { Change } from './bundle-diff';
import type { InternalIds } from './internal-ids';
import { LAYOUT, type ListItem, movableItems } from './list-items';
import { pairItems } from './pair-items';
import type { Place, Places } from './places';

/** A difference at a place of two aligned values. */
export interface RawChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly path: readonly string[];
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Members of a layout element that are its position, in a grid and in a free-form layout. */
const POSITION = new Set(['columnIndex', 'rowIndex', 'xAxisLocation', 'yAxisLocation']);

/** The labels that are names. Others are the column of a field and the text of a text box. */
const NAME = /^(?:name|alias|columnName|title(?:\..+)?)$/;

interface PlacedChange extends RawChange {
  readonly place: Place;
}

type Compare = (before: JsonValue, after: JsonValue) => readonly Change[];

/** An item that left a sheet or came to one. */
interface Candidate {
  readonly item: ListItem;
  readonly pointer: string;
  readonly label: string;
  readonly container: string;
}

/**
 * The changes in terms of a person: a part that only one list has, and that another list has had, was moved. A new title is a
 * new name. The layout element of an added, removed or moved part is not a change of its own.
 *
 * @param compare Compares two versions of a part.
 */
export function joinMoves(
  raw: readonly RawChange[],
  places: Places,
  ids: readonly [InternalIds, InternalIds],
  compare: Compare,
): Change[] {
  const placed = raw.map((change) => ({ ...change, place: places.at(change.path, versionOf(change)) }));
  const removed = placed.flatMap((change) => (change.kind === 'removed' ? candidates(change, places, ids[0]) : []));
  const added = placed.flatMap((change) => (change.kind === 'added' ? candidates(change, places, ids[1]) : []));
  const { pairs } = pairItems(removed.map(toItem), added.map(toItem));
  const byItem = new Map([...removed, ...added].map((candidate) => [toItem(candidate), candidate]));
  const moved = pairs.flatMap(([one, other]) => {
    const [from, to] = [byItem.get(one), byItem.get(other)];
    return from && to ? [[from, to] as const] : [];
  });
  const movedPointers = new Set(moved.flatMap(([from, to]) => [`removed ${from.pointer}`, `added ${to.pointer}`]));
  const ownIds = new Set([...removed, ...added].map(({ item }) => item.id));
  const rest = placed.filter(({ kind, place }) => {
    const isElement = place.isItem && place.item?.noun === LAYOUT && (kind === 'added' || kind === 'removed');
    return !movedPointers.has(`${kind} ${place.pointer}`) && !(isElement && ownIds.has(place.item?.id));
  });
  return [...moved.flatMap(([from, to]) => movedPart(from, to, compare)), ...joinPositions(rest).map(toChange)];
}

const versionOf = ({ kind }: RawChange): 'before' | 'after' => (kind === 'removed' ? 'before' : 'after');

const toItem = ({ item }: Candidate): ListItem => item;

function candidates({ place }: PlacedChange, places: Places, ids: InternalIds): Candidate[] {
  const { item, isItem, pointer, label, container } = place;
  if (!item || !isItem) return [];
  if (item.isMovable) return [{ item, pointer, label, container }];
  return movableItems(item, ids).map((inner) => ({
    item: inner,
    pointer: `${pointer}/${inner.key}`,
    label: `${label} › ${places.labelOf(inner)}`,
    container: label,
  }));
}

function movedPart(from: Candidate, to: Candidate, compare: Compare): Change[] {
  const { pointer, label, container } = to;
  const move: Change = { path: pointer, label, kind: 'moved', before: from.container, after: container };
  // In a list, so that the part has its title as the label, and a new title is a new name.
  const list = pointer.split('/').at(-2) ?? '';
  const inner = compare({ [list]: [from.item.value] }, { [list]: [to.item.value] }).map((change) => ({
    ...change,
    path: `${change.kind === 'removed' ? from.pointer : pointer}${change.path.slice(`/${list}/0`.length)}`,
    label: `${container} › ${change.label}`,
  }));
  return [move, ...inner];
}

/** One move for all coordinates of a layout element. */
function joinPositions(changes: readonly PlacedChange[]): PlacedChange[] {
  const joined = new Map<string, PlacedChange>();
  for (const change of changes) {
    const { place, kind, path } = change;
    const [member = '', ...more] = place.members;
    if (
      place.item?.noun !== LAYOUT ||
      more.length > 0 ||
      !(POSITION.has(member) || (place.isItem && kind === 'moved'))
    ) {
      joined.set(`${kind} ${path.join('\n')}`, change);
      continue;
    }
    const name = place.isItem ? 'order' : member;
    const parent = place.isItem ? path : path.slice(0, -1);
    const key = `position ${parent.join('\n')}`;
    const known = joined.get(key);
    joined.set(key, {
      kind: 'moved',
      path: parent,
      place: known?.place ?? elementPlace(place),
      before: { ...(known?.before as object), ...(change.before !== undefined && { [name]: change.before }) },
      after: { ...(known?.after as object), ...(change.after !== undefined && { [name]: change.after }) },
    });
  }
  return [...joined.values()];
}

function elementPlace(place: Place): Place {
  if (place.isItem) return place;
  return {
    ...place,
    pointer: place.pointer.slice(0, place.pointer.lastIndexOf('/')),
    label: place.label.slice(0, place.label.lastIndexOf(' › ')),
    isItem: true,
    members: [],
  };
}

function toChange({ kind, place, before, after }: PlacedChange): Change {
  const { pointer, label, item, members } = place;
  const name = members.join('.');
  const isName = item ? name === item.labelPath && NAME.test(name) : name === 'name' || name === 'properties.name';
  const isRenamed = kind === 'changed' && isName && typeof before === 'string' && typeof after === 'string';
  return {
    path: pointer,
    label,
    kind: isRenamed ? 'renamed' : kind,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
