import { itemsOf, memberOf } from '../json-members';
import type { JsonValue } from '../json-value';
import { membersIn, textOf } from './read-json';

/** Names of columns. Undefined when the bundle does not show them: they come from a data set outside. */
type Columns = ReadonlySet<string> | undefined;

/**
 * The columns that a data set offers to analyses, in the legacy shape and in that with data preparation. Undefined when the
 * data set does not show them.
 *
 * @param properties Members of the file, or `Properties` of the resource.
 */
export function dataSetColumns(properties: JsonValue): Columns {
  const preparation = memberOf(properties, 'dataPrepConfiguration');
  const physical = memberOf(properties, 'physicalTableMap');
  if (preparation !== undefined) return new Preparation(preparation, physical).columns();
  const logical = memberOf(properties, 'logicalTableMap');
  if (membersIn(logical).length > 0) return legacyColumns(logical, physical);
  return union(membersIn(physical).map(([, table]) => physicalColumns(table)));
}

function legacyColumns(logical: JsonValue | undefined, physical: JsonValue | undefined): Columns {
  const tables = new Map(membersIn(logical));
  const operands = new Set([...tables.values()].flatMap(operandsOf));
  const columnsOf = (id: string, above: readonly string[]): Columns => {
    const table = tables.get(id);
    if (table === undefined || above.includes(id)) return undefined;
    const operandIds = operandsOf(table);
    const physicalId = textOf(memberOf(memberOf(table, 'source'), 'physicalTableId'));
    const source =
      operandIds.length > 0
        ? union(operandIds.map((operand) => columnsOf(operand, [...above, id])))
        : columnsOfPhysical(physical, physicalId);
    return itemsOf(memberOf(table, 'dataTransforms')).reduce(transformed, source);
  };
  return union([...tables.keys()].filter((id) => !operands.has(id)).map((id) => columnsOf(id, [])));
}

function operandsOf(table: JsonValue): string[] {
  const join = memberOf(memberOf(table, 'source'), 'joinInstruction');
  return [memberOf(join, 'leftOperand'), memberOf(join, 'rightOperand')].flatMap((operand) => textOf(operand) ?? []);
}

/** Columns after a transform of the legacy shape. */
function transformed(columns: Columns, transform: JsonValue): Columns {
  const project = memberOf(transform, 'projectOperation');
  if (project !== undefined) return new Set(namesIn(memberOf(project, 'projectedColumns')));
  const rename = memberOf(transform, 'renameColumnOperation');
  if (rename !== undefined) return renamed(columns, [rename]);
  const create = memberOf(transform, 'createColumnsOperation');
  return plus(columns, namesIn(memberOf(create, 'columns'), 'columnName'));
}

/** Data preparation: a graph of steps. */
class Preparation {
  private readonly steps: ReadonlyMap<string, JsonValue>;

  public constructor(
    private readonly preparation: JsonValue,
    private readonly physical: JsonValue | undefined,
  ) {
    this.steps = new Map(membersIn(memberOf(preparation, 'transformStepMap')));
  }

  public columns(): Columns {
    const tables = membersIn(memberOf(this.preparation, 'destinationTableMap'));
    return union(tables.map(([, table]) => this.after(memberOf(table, 'source'), [])));
  }

  /** Columns after the step that a source names. */
  private after(source: JsonValue | undefined, above: readonly string[]): Columns {
    const id = textOf(memberOf(source, 'transformOperationId'));
    const step = id === undefined ? undefined : this.steps.get(id);
    if (id === undefined || step === undefined || above.includes(id)) return undefined;
    const [[kind, body] = ['', null]] = membersIn(step);
    const from = (name: string): Columns => this.after(memberOf(body, name), [...above, id]);
    const names = (list: string, member?: string): string[] => namesIn(memberOf(body, list), member);
    switch (kind.charAt(0).toLowerCase() + kind.slice(1)) {
      case 'importTableStep':
        return this.imported(textOf(memberOf(memberOf(body, 'source'), 'sourceTableId')));
      case 'projectStep':
        return new Set(names('projectedColumns'));
      case 'createColumnsStep':
        return plus(from('source'), names('columns', 'columnName'));
      case 'renameColumnsStep':
        return renamed(from('source'), itemsOf(memberOf(body, 'renameColumnOperations')));
      case 'joinStep':
        return union(
          ['left', 'right'].map((side) => joined(from(`${side}Operand`), memberOf(body, `${side}OperandProperties`))),
        );
      case 'aggregateStep':
        return new Set([...names('groupByColumnNames'), ...names('aggregations', 'newColumnName')]);
      case 'appendStep':
        return new Set(names('appendedColumns', 'columnName'));
      case 'filtersStep':
      case 'castColumnTypesStep':
        return from('source');
      default:
        // The columns of a pivot depend on its data.
        return undefined;
    }
  }

  private imported(sourceTableId: string | undefined): Columns {
    const [, table] =
      membersIn(memberOf(this.preparation, 'sourceTableMap')).find(([id]) => id === sourceTableId) ?? [];
    const parent = memberOf(table, 'dataSet');
    if (parent !== undefined) return new Set(namesIn(memberOf(parent, 'inputColumns'), 'name'));
    return columnsOfPhysical(this.physical, textOf(memberOf(table, 'physicalTableId')));
  }
}

function joined(columns: Columns, properties: JsonValue | undefined): Columns {
  const overrides = itemsOf(memberOf(properties, 'outputColumnNameOverrides'));
  return renamed(columns, overrides, ['sourceColumnName', 'outputColumnName']);
}

function columnsOfPhysical(physical: JsonValue | undefined, id: string | undefined): Columns {
  const [, table] = membersIn(physical).find(([key]) => key === id) ?? [];
  return table === undefined ? undefined : physicalColumns(table);
}

/** A physical table is `{ "relationalTable": { "inputColumns": … } }`, or `{ "customSql": { "columns": … } }`. */
function physicalColumns(table: JsonValue): Columns {
  return new Set(
    membersIn(table).flatMap(([, body]) =>
      ['inputColumns', 'columns'].flatMap((list) => namesIn(memberOf(body, list), 'name')),
    ),
  );
}

const plus = (columns: Columns, names: readonly string[]): Columns => columns && new Set([...columns, ...names]);

function renamed(
  columns: Columns,
  operations: readonly JsonValue[],
  [from, to]: readonly [string, string] = ['columnName', 'newColumnName'],
): Columns {
  if (!columns) return undefined;
  const names = new Map(
    operations.map((operation) => [textOf(memberOf(operation, from)), textOf(memberOf(operation, to))]),
  );
  return new Set([...columns].map((column) => names.get(column) ?? column));
}

function union(all: readonly Columns[]): Columns {
  const joined = new Set<string>();
  for (const columns of all) {
    if (!columns) return undefined;
    for (const column of columns) joined.add(column);
  }
  return joined;
}

/** The texts of a list, or the texts of a member of its items. */
const namesIn = (list: JsonValue | undefined, member?: string): string[] =>
  itemsOf(list).flatMap((item) => textOf(member === undefined ? item : memberOf(item, member)) ?? []);
