import { isObject, memberOf } from '../json-members';
import type { JsonValue } from '../json-value';
import { InternalIds } from './internal-ids';

/** An item of a list, or a member of an object whose keys are ids. */
export interface ListItem {
  /** Index in the list, or key. */
  readonly key: string;
  readonly value: JsonValue;
  /** For people, for example `visual`. Absent when the list is unknown. */
  readonly noun?: string;
  /** Without the prefix of the dashboard. */
  readonly id?: string;
  /** Name or title, and the path of its member. */
  readonly label?: string;
  readonly labelPath?: string;
  /** True when a part that is created again gets another id. Such an item is also matched by label and content. */
  readonly isInternal: boolean;
  /** True when the item can move to another sheet. */
  readonly isMovable: boolean;
  /** True when the content without the label identifies the item. */
  readonly isDistinct: boolean;
}

interface ItemKind {
  readonly noun: string;
  readonly ids: readonly string[];
  readonly labels?: readonly string[];
  readonly isInternal?: boolean;
  readonly isMovable?: boolean;
  readonly isDistinct?: boolean;
}

/** Noun of a layout element. It is named after the visual that it places. */
export const LAYOUT = 'layout of';

const TITLES = ['title.formatText.plainText', 'title.formatText.richText', 'title'];
const CONTROL: ItemKind = {
  noun: 'control',
  ids: ['parameterControlId', 'filterControlId'],
  labels: ['title'],
  isInternal: true,
  isMovable: true,
};

/** Lists of a definition, by the name of the member in lower camel case. Source: the types of the QuickSight API. */
const KINDS: ReadonlyMap<string, ItemKind> = new Map(
  Object.entries<ItemKind>({
    sheets: { noun: 'sheet', ids: ['sheetId'], labels: ['name', 'title'], isInternal: true, isDistinct: true },
    visuals: { noun: 'visual', ids: ['visualId'], labels: TITLES, isInternal: true, isMovable: true, isDistinct: true },
    textBoxes: { noun: 'text box', ids: ['sheetTextBoxId'], labels: ['content'], isInternal: true, isMovable: true },
    images: {
      noun: 'image',
      ids: ['sheetImageId'],
      labels: ['imageContentAltText'],
      isInternal: true,
      isMovable: true,
    },
    parameterControls: CONTROL,
    filterControls: CONTROL,
    elements: { noun: LAYOUT, ids: ['elementId'] },
    filterGroups: { noun: 'filter group', ids: ['filterGroupId'], isInternal: true },
    filters: { noun: 'filter', ids: ['filterId'], labels: ['column.columnName'], isInternal: true },
    sheetVisualScopingConfigurations: { noun: 'scope', ids: ['sheetId'] },
    parameterDeclarations: { noun: 'parameter', ids: ['name'] },
    datasetParameters: { noun: 'parameter', ids: ['id'], labels: ['name'], isInternal: true },
    calculatedFields: { noun: 'calculated field', ids: ['name'] },
    dataSetIdentifierDeclarations: { noun: 'data set', ids: ['identifier'] },
    inputColumns: { noun: 'column', ids: ['id', 'name'], labels: ['name'], isInternal: true },
    columns: {
      noun: 'column',
      ids: ['columnId', 'columnName', 'name'],
      labels: ['columnName', 'name'],
      isInternal: true,
    },
    actions: { noun: 'action', ids: ['customActionId'], labels: ['name'], isInternal: true },
    permissions: { noun: 'permissions of', ids: ['principal'] },
    tags: { noun: 'tag', ids: ['key'] },
  }),
);
const TABLE: ItemKind = { noun: 'table', ids: [], labels: ['alias', 'name'], isInternal: true };
const FIELD: ItemKind = {
  noun: 'field',
  ids: ['fieldId'],
  labels: ['column.columnName', 'expression'],
  isInternal: true,
};
/** A sort order or a tooltip refers to a field. */
const FIELD_REFERENCE: ItemKind = { noun: 'field', ids: ['fieldId'] };
const UNKNOWN: ItemKind = { noun: '', ids: ['id', 'name', 'identifier', 'key'] };

/** Objects of a data set whose keys are ids of tables and steps. */
const ID_MAP = /(?:[tT]able|[sS]tep)Map$/;

/** The items of the member `name`, or undefined if the value is neither a list nor an object whose keys are ids. */
export function listItemsOf(name: string, value: JsonValue, ids: InternalIds): readonly ListItem[] | undefined {
  if (Array.isArray(value)) return value.map((item, index) => listItem(name, String(index), item, ids));
  if (!isObject(value) || !ID_MAP.test(name)) return undefined;
  return Object.entries(value).map(([key, item]) => ({ ...itemOf(TABLE, key, item), id: ids.canonical(key) }));
}

function listItem(name: string, key: string, value: JsonValue, ids: InternalIds): ListItem {
  if (!isObject(value)) {
    const isId = typeof value === 'string' && InternalIds.isMember(name);
    return { ...itemOf(UNKNOWN, key, value), ...(isId && { id: ids.canonical(value) }) };
  }
  const known = KINDS.get(lowerFirst(name));
  const body = bodyOf(value);
  const kind = known ?? (textAt(body, 'fieldId') === undefined ? UNKNOWN : fieldKind(body));
  const id = kind.ids.map((member) => textAt(body, member)).find((text) => text !== undefined);
  return { ...itemOf(kind, key, value), ...(id !== undefined && { id: ids.canonical(id) }) };
}

const fieldKind = (body: JsonValue): ItemKind =>
  (FIELD.labels ?? []).some((path) => textAt(body, path) !== undefined) ? FIELD : FIELD_REFERENCE;

function itemOf(kind: ItemKind, key: string, value: JsonValue): ListItem {
  const { noun, labels = [], isInternal = false, isMovable = false, isDistinct = false } = kind;
  const body = bodyOf(value);
  const labelPath = labels.find((path) => (textAt(body, path) ?? '') !== '');
  return {
    key,
    value,
    isInternal,
    isMovable,
    isDistinct,
    ...(noun !== '' && { noun }),
    ...(labelPath !== undefined && { label: textAt(body, labelPath) ?? '', labelPath }),
  };
}

/** The items that can move to another sheet, with those of a whole sheet. */
export function movableItems(item: ListItem, ids: InternalIds): readonly ListItem[] {
  if (item.isMovable) return [item];
  if (item.noun !== 'sheet' || !isObject(item.value)) return [];
  return Object.entries(item.value).flatMap(([name, value]) =>
    (listItemsOf(name, value, ids) ?? [])
      .filter(({ isMovable }) => isMovable)
      .map((inner) => ({ ...inner, key: `${name}/${inner.key}` })),
  );
}

/** A visual is `{ "barChartVisual": { "visualId": … } }`. The same shape has each union of the API. */
function bodyOf(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const [only, ...more] = Object.values(value);
  return only !== undefined && more.length === 0 && isObject(only) ? only : value;
}

/** The text at a path of members, spelled as in a bundle (`visualId`) or as in a template (`VisualId`). */
function textAt(value: JsonValue, path: string): string | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path.split('.')) found = memberOf(found, name);
  return typeof found === 'string' ? found : undefined;
}

export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
