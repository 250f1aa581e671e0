import { isObject } from '../json-members';
import type { JsonValue } from '../json-value';
import type { AlignedValue, Alignment } from './align';
import type { InternalIds } from './internal-ids';
import { LAYOUT, type ListItem, listItemsOf, lowerFirst } from './list-items';

/** A path of an alignment. */
export interface Place {
  /** JSON pointer into the version. */
  readonly pointer: string;
  /** For people. */
  readonly label: string;
  /** Label of the place that contains the innermost item. */
  readonly container: string;
  /** The innermost list item on the path. */
  readonly item?: ListItem;
  /** True when the path ends with that item. */
  readonly isItem: boolean;
  /** Names of the members below that item, in lower camel case, without the name of the kind of a visual. */
  readonly members: readonly string[];
}

/** Members that most paths have. A reader learns nothing from them. */
const OMITTED = new Set(['definition', 'properties']);

const MAX_LABEL_CHARACTERS = 60;

/** The start of a text that is searched for its label. */
const MAX_MARKUP_CHARACTERS = 1_000;

/** Names the places of an alignment. */
export class Places {
  public constructor(
    private readonly alignment: Alignment,
    /** Label of a part, by its id. A layout element has only the id of its visual. */
    private readonly labels: ReadonlyMap<string, string>,
  ) {}

  /** The place in the later version, or in the earlier one for a removed value. */
  public at(path: readonly string[], version: 'before' | 'after'): Place {
    const { before, after, items } = this.alignment;
    const versions: Array<AlignedValue | undefined> = version === 'after' ? [after, before] : [before, after];
    let nodes = versions;
    const keys: string[] = [];
    const labels: string[] = [];
    let members: string[] = [];
    let item: ListItem | undefined;
    for (const segment of path) {
      const found = nodes.map((node) => itemAt(items, node, segment)).find((one) => one !== undefined);
      nodes = nodes.map((node) => childOf(node, segment));
      keys.push(found?.key ?? segment);
      if (found?.noun !== undefined) {
        // The name of the list is in the noun.
        members.pop();
        if (found.noun !== LAYOUT) labels.push(...labelOfMembers(members, item));
        labels.push(this.labelOf(found));
        members = [];
        item = found;
      } else members.push(found ? `[${found.key}]` : segment);
    }
    const rest = labelOfMembers(members, item);
    const isItem = item !== undefined && members.length === 0;
    return {
      pointer: keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      label: [...labels, ...rest].join(' › '),
      container: (isItem ? labels.slice(0, -1) : labels).join(' › '),
      ...(item && { item }),
      isItem,
      members: withoutWrapper(members, item).map(lowerFirst),
    };
  }

  /** For example `visual "Revenue"`. */
  public labelOf({ noun = 'item', id, key, label }: ListItem): string {
    const text = label ?? (id === undefined ? undefined : (this.labels.get(id) ?? id)) ?? String(Number(key) + 1);
    // A text box is markup.
    const line = text
      .slice(0, MAX_MARKUP_CHARACTERS)
      .replaceAll(/(?:<[^>]*>|\s)+/g, ' ')
      .trim();
    return `${noun} "${line.length > MAX_LABEL_CHARACTERS ? `${line.slice(0, MAX_LABEL_CHARACTERS)}…` : line}"`;
  }
}

/** The labels of the parts of a version, by id. */
export function labelsById(
  content: JsonValue,
  ids: InternalIds,
  labels = new Map<string, string>(),
): Map<string, string> {
  if (Array.isArray(content)) for (const item of content) labelsById(item, ids, labels);
  if (!isObject(content)) return labels;
  for (const [name, value] of Object.entries(content)) {
    for (const { id, label, isInternal } of listItemsOf(name, value, ids) ?? []) {
      if (isInternal && id !== undefined && label !== undefined) labels.set(id, label);
    }
    labelsById(value, ids, labels);
  }
  return labels;
}

const itemAt = (items: Alignment['items'], node: AlignedValue | undefined, key: string): ListItem | undefined =>
  typeof node === 'object' && node !== null ? items.get(node)?.get(key) : undefined;

function childOf(node: AlignedValue | undefined, key: string): AlignedValue | undefined {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
  return (node as { readonly [key: string]: AlignedValue })[key];
}

function labelOfMembers(members: readonly string[], item: ListItem | undefined): string[] {
  const shown = withoutWrapper(members, item).filter((name) => !OMITTED.has(lowerFirst(name)));
  return shown.length === 0 ? [] : [shown.join('.').replaceAll('.[', '[')];
}

/** A visual is `{ "barChartVisual": { … } }`, so all of its paths have that member. */
function withoutWrapper(members: readonly string[], item: ListItem | undefined): readonly string[] {
  const isWrapped = item !== undefined && isObject(item.value) && Object.keys(item.value).length === 1;
  return isWrapped && members.length > 1 ? members.slice(1) : members;
}
