import microdiff, { type Difference } from 'microdiff';
import type { JsonValue } from '../json-value';
import { type AlignedValue, type Alignment, align } from './align';
import type { Change } from './bundle-diff';
import { InternalIds } from './internal-ids';
import { joinMoves, type RawChange } from './join-moves';
import { movableItems } from './list-items';
import { pairItems } from './pair-items';
import { labelsById, Places } from './places';

type Ids = readonly [InternalIds, InternalIds];

/**
 * The places where two versions of an asset differ. Parts are matched by their id without the prefix of the dashboard, then
 * by name, title and content. So a part that was moved, renamed or created again is not removed and added.
 *
 * @param assetId Id of the asset. Internal ids can have it as a prefix.
 */
export function diffContents(before: JsonValue, after: JsonValue, assetId: string): Change[] {
  const ids = [new InternalIds(assetId), new InternalIds(assetId)] as const;
  ids[1].replace(idPairsOf(align(before, after, ids), ids));
  const labels = labelsById(after, ids[1], labelsById(before, ids[0]));
  return changesOf(align(before, after, ids), labels, ids);
}

/** The ids of parts that were created again, by the later id. */
function idPairsOf(alignment: Alignment, ids: Ids): Map<string, string> {
  const [removed, added] = [
    alignment.removed.flatMap((item) => movableItems(item, ids[0])),
    alignment.added.flatMap((item) => movableItems(item, ids[1])),
  ];
  const pairs = new Map(alignment.idPairs);
  for (const [one, other] of pairItems(removed, added).pairs) {
    if (one.id !== undefined && other.id !== undefined && one.id !== other.id) pairs.set(other.id, one.id);
  }
  return pairs;
}

function changesOf(alignment: Alignment, labels: ReadonlyMap<string, string>, ids: Ids): Change[] {
  const { before, after, reordered, origins } = alignment;
  // The wrapper makes a scalar at the root comparable.
  const differences = microdiff({ '': before }, { '': after }, { cyclesFix: false });
  const raw: RawChange[] = [
    ...differences.map((difference) => rawChange(difference, origins)),
    ...reordered.map(({ path, ...places }) => ({ kind: 'moved', path, ...places }) as const),
  ];
  const compare = (one: JsonValue, other: JsonValue): Change[] => changesOf(align(one, other, ids), labels, ids);
  return joinMoves(raw, new Places(alignment, labels), ids, compare);
}

function rawChange(difference: Difference, origins: Alignment['origins']): RawChange {
  const path = difference.path.slice(1).map(String);
  const valueOf = (value: AlignedValue): JsonValue => {
    if (typeof value !== 'object' || value === null) return value;
    return origins.get(value) ?? null;
  };
  switch (difference.type) {
    case 'CREATE':
      return { kind: 'added', path, after: valueOf(difference.value as AlignedValue) };
    case 'REMOVE':
      return { kind: 'removed', path, before: valueOf(difference.oldValue as AlignedValue) };
    case 'CHANGE':
      return {
        kind: 'changed',
        path,
        before: valueOf(difference.oldValue as AlignedValue),
        after: valueOf(difference.value as AlignedValue),
      };
  }
}
