import { arnResource } from '../lib/contract/asset-arn';
import { ALL_ASSET_TYPES, type AssetType } from '../lib/contract/asset-types';
import { expressionText, literalText } from './expression-text';
import { isObject, memberOf } from './json-members';
import type { JsonValue } from './json-value';
import { type PartAsset, SCHEDULE_SEPARATOR } from './part-asset';

/** A reference in the content of an asset: an ARN, `${LogicalId.Arn}`, or the data set of a schedule. */
export interface ReferenceText {
  readonly text: string;
  /** Absent for `${LogicalId.Arn}`. */
  readonly target?: ReferenceTarget;
  /** Present for `${LogicalId.Arn}`. */
  readonly logicalId?: string;
}

export interface ReferenceTarget {
  readonly type: AssetType;
  readonly id: string;
  /** Empty if the reference has no ARN. */
  readonly partition: string;
  readonly region: string;
  /** `aws` for a theme that AWS manages. */
  readonly account: string;
}

/** A part of an ARN, which may have expressions with colons: `${AWS::Region}`. */
const PART = '((?:\\$\\{[^}]*\\}|[^:$])*)';
const ARN = new RegExp(`^arn:${PART}:quicksight:${PART}:${PART}:(.+)$`);
const GET_ATT_ARN = /^\$\{(\w+)\.Arn\}$/;

const RESOURCES = ALL_ASSET_TYPES.map((type) => ({
  type,
  pattern: new RegExp(`^${arnResource(type, () => '([^/]+)')}$`),
}));

/** The references of an asset to others, each text once. */
export function referencesOf({ type, properties }: PartAsset): ReferenceText[] {
  const found = new Map<string, ReferenceText>();
  const add = (reference: ReferenceText | undefined): void => {
    if (reference) found.set(reference.text, reference);
  };
  if (properties !== undefined) visit(properties, add);
  if (type === 'refreshSchedule') add(dataSetOf(properties));
  return [...found.values()];
}

function visit(value: JsonValue, add: (reference: ReferenceText | undefined) => void): void {
  if (typeof value === 'string') add(parseReference(value));
  else if (Array.isArray(value)) for (const item of value) visit(item, add);
  else if (isObject(value)) {
    const text = expressionText(value);
    if (text === undefined) for (const key of Object.keys(value)) visit(value[key] as JsonValue, add);
    else add(parseReference(text));
  }
}

function parseReference(text: string): ReferenceText | undefined {
  if (text.startsWith('${')) {
    const logicalId = GET_ATT_ARN.exec(text)?.[1];
    return logicalId === undefined ? undefined : { text, logicalId };
  }
  if (!text.startsWith('arn:')) return undefined;
  const [, partition = '', region = '', account = '', resource = ''] = ARN.exec(text) ?? [];
  // A prefix that CloudFormation inserts is not part of the id.
  const literal = resource.replace(/\$\{[^}]*\}/g, '');
  for (const { type, pattern } of RESOURCES) {
    const ids = pattern.exec(literal)?.slice(1);
    if (ids) return { text, target: { type, id: ids.join(SCHEDULE_SEPARATOR), partition, region, account } };
  }
  return undefined;
}

/** A schedule has the id of its data set, and no ARN. */
function dataSetOf(properties: JsonValue | undefined): ReferenceText | undefined {
  const dataSet = memberOf(properties, 'dataSetId');
  const [text, id] = [expressionText(dataSet), literalText(dataSet)];
  if (!text || !id) return undefined;
  return { text, target: { type: 'dataset', id, partition: '', region: '', account: '' } };
}
