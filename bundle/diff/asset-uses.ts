import { expressionText } from '../expression-text';
import { isObject, itemsOf, memberOf } from '../json-members';
import type { JsonValue } from '../json-value';
import { membersIn, textOf } from './read-json';

/** An asset that can use columns and parameters of others. */
export interface UsingAsset {
  /** Members of the file, or `Properties` of the resource. */
  readonly properties: JsonValue;
  /** The data sets that the asset refers to: `dataset/id`, by the text of the reference. */
  readonly dataSets: ReadonlyMap<string, string>;
}

/** Columns and parameters that an asset uses of others. */
export class AssetUses {
  private readonly columns = new Map<string, Set<string>>();
  private readonly expressions = new Map<string, Set<string>>();
  private readonly parameters = new Map<string, Set<string>>();
  private readonly texts = new Set<string>();
  private readonly dataSetsByIdentifier = new Map<string, string>();
  private readonly dataSets: ReadonlySet<string>;

  public constructor({ properties, dataSets }: UsingAsset) {
    this.dataSets = new Set(dataSets.values());
    const declarations = memberOf(memberOf(properties, 'definition'), 'dataSetIdentifierDeclarations');
    for (const declaration of itemsOf(declarations)) {
      const identifier = textOf(memberOf(declaration, 'identifier'));
      const dataSet = dataSets.get(expressionText(memberOf(declaration, 'dataSetArn')) ?? '');
      if (identifier !== undefined && dataSet !== undefined) this.dataSetsByIdentifier.set(identifier, dataSet);
    }
    this.visit(properties);
  }

  public usesColumn(dataSet: string, column: string): boolean {
    if (!this.dataSets.has(dataSet)) return false;
    // Data sets and topics name a column without the data set.
    if (this.dataSetsByIdentifier.size === 0) return this.texts.has(column);
    return (
      this.columns.get(dataSet)?.has(column) === true ||
      [...(this.expressions.get(dataSet) ?? [])].some((text) => text.includes(`{${column}}`))
    );
  }

  public usesDataSetParameter(dataSet: string, parameter: string): boolean {
    return this.parameters.get(dataSet)?.has(parameter) === true;
  }

  /** A link of a navigation action: `…/dashboards/{id}#p.{parameter}=…`. */
  public setsParameter(dashboardId: string, parameter: string): boolean {
    const isLink = (text: string): boolean =>
      text.includes(`dashboards/${dashboardId}`) &&
      (text.includes(`p.${parameter}=`) || text.includes(`p.${encodeURIComponent(parameter)}=`));
    return [...this.texts].some(isLink);
  }

  private visit(value: JsonValue): void {
    if (typeof value === 'string') this.texts.add(value);
    if (Array.isArray(value)) for (const item of value) this.visit(item);
    if (!isObject(value)) return;
    const dataSet = this.dataSetsByIdentifier.get(textOf(memberOf(value, 'dataSetIdentifier')) ?? '');
    if (dataSet !== undefined) {
      addTo(this.columns, dataSet, textOf(memberOf(value, 'columnName')));
      addTo(this.parameters, dataSet, textOf(memberOf(value, 'dataSetParameterName')));
      addTo(this.expressions, dataSet, textOf(memberOf(value, 'expression')));
    }
    for (const [, inner] of membersIn(value)) this.visit(inner);
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, text: string | undefined): void {
  if (text === undefined) return;
  const known = sets.get(key);
  if (known) known.add(text);
  else sets.set(key, new Set([text]));
}
