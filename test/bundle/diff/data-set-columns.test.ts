import { dataSetColumns } from '../../../bundle/diff/data-set-columns';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';

const columns = (properties: JsonObject): string[] | undefined => {
  const found = dataSetColumns(properties);
  return found && [...found].sort();
};

const inputColumns = (...names: string[]): JsonObject[] => names.map((name) => ({ name, type: 'STRING' }));

const physicalTableMap: JsonObject = {
  orders: { relationalTable: { inputColumns: inputColumns('id', 'amount') } },
  customers: { customSql: { columns: inputColumns('id', 'city') } },
};

test('a data set without logical tables has the columns of its physical tables', () => {
  expect(columns({ physicalTableMap })).toEqual(['amount', 'city', 'id']);
});

describe('the legacy shape', () => {
  const legacy = (logicalTableMap: JsonObject): string[] | undefined => columns({ physicalTableMap, logicalTableMap });
  const table = (source: JsonObject, ...dataTransforms: JsonObject[]): JsonObject => ({ source, dataTransforms });
  const orders = { physicalTableId: 'orders' };

  test('renames, creates and projects columns in the order of the transforms', () => {
    expect(
      legacy({
        a: table(
          orders,
          { renameColumnOperation: { columnName: 'amount', newColumnName: 'total' } },
          { castColumnTypeOperation: { columnName: 'id' } },
          { createColumnsOperation: { columns: [{ columnName: 'tax' }] } },
        ),
      }),
    ).toEqual(['id', 'tax', 'total']);
    expect(legacy({ a: table(orders, { projectOperation: { projectedColumns: ['id'] } }) })).toEqual(['id']);
  });

  test('has the columns of both operands of a join', () => {
    expect(
      legacy({
        a: table(orders),
        b: table(
          { physicalTableId: 'customers' },
          { renameColumnOperation: { columnName: 'id', newColumnName: 'id2' } },
        ),
        c: table({ joinInstruction: { leftOperand: 'a', rightOperand: 'b' } }),
      }),
    ).toEqual(['amount', 'city', 'id', 'id2']);
  });

  test.each<[string, JsonObject]>([
    ['of a data set outside', { a: table({ dataSetArn: 'arn:aws:quicksight:::dataset/x' }) }],
    ['of an unknown table', { a: table({ physicalTableId: 'missing' }) }],
    [
      'of a join that is its own operand',
      {
        a: table({ joinInstruction: { leftOperand: 'b', rightOperand: 'b' } }),
        b: table({ joinInstruction: { leftOperand: 'b', rightOperand: 'a' } }),
        c: table({ joinInstruction: { leftOperand: 'a', rightOperand: 'b' } }),
      },
    ],
  ])('the columns %s are unknown', (_, map) => {
    expect(legacy(map)).toBeUndefined();
  });
});

describe('data preparation', () => {
  const source = (transformOperationId: string): JsonObject => ({ transformOperationId });
  /** The columns after the step `last` of these. */
  const after = (steps: Record<string, JsonValue>): string[] | undefined =>
    columns({
      physicalTableMap,
      dataPrepConfiguration: {
        sourceTableMap: {
          s1: { physicalTableId: 'orders' },
          s2: { physicalTableId: 'customers' },
          s3: { dataSet: { dataSetArn: 'arn:aws:quicksight:::dataset/x', inputColumns: inputColumns('parent') } },
        },
        transformStepMap: {
          orders: { importTableStep: { source: { sourceTableId: 's1' } } },
          customers: { importTableStep: { source: { sourceTableId: 's2' } } },
          parent: { importTableStep: { source: { sourceTableId: 's3' } } },
          ...steps,
        },
        destinationTableMap: { d: { source: source('last') } },
      },
    });

  test.each<[string, JsonObject, string[]]>([
    ['filtersStep', { source: source('orders') }, ['amount', 'id']],
    ['castColumnTypesStep', { source: source('parent') }, ['parent']],
    ['projectStep', { source: source('orders'), projectedColumns: ['id'] }, ['id']],
    ['createColumnsStep', { source: source('orders'), columns: [{ columnName: 'tax' }] }, ['amount', 'id', 'tax']],
    [
      'renameColumnsStep',
      { source: source('orders'), renameColumnOperations: [{ columnName: 'amount', newColumnName: 'total' }] },
      ['id', 'total'],
    ],
    [
      'joinStep',
      {
        leftOperand: source('orders'),
        rightOperand: source('customers'),
        rightOperandProperties: { outputColumnNameOverrides: [{ sourceColumnName: 'id', outputColumnName: 'id2' }] },
      },
      ['amount', 'city', 'id', 'id2'],
    ],
    [
      'aggregateStep',
      { source: source('orders'), groupByColumnNames: ['id'], aggregations: [{ newColumnName: 'sum' }] },
      ['id', 'sum'],
    ],
    ['appendStep', { appendedColumns: [{ columnName: 'id' }] }, ['id']],
  ])('%s', (kind, body, expected) => {
    expect(after({ last: { [kind]: body } })).toEqual(expected);
  });

  test.each<[string, JsonObject]>([
    ['a pivot', { pivotStep: { source: source('orders') } }],
    ['a step that follows itself', { filtersStep: { source: source('last') } }],
    ['a step without a source', { filtersStep: {} }],
  ])('the columns after %s are unknown', (_, step) => {
    expect(after({ last: step })).toBeUndefined();
  });
});
