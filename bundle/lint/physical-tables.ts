import type { JsonCursor } from './json-cursor';

/** Physical tables of a data set. Each has one member: `relationalTable`, `customSql`, `s3Source` … */
export const physicalTables = (dataSet: JsonCursor): JsonCursor[] => dataSet.get('physicalTableMap').children();

/** The members that refer to the data set with the rules of row-level security, in both shapes of a data set. */
export function rowLevelPermissionDataSets(dataSet: JsonCursor): JsonCursor[] {
  const tables = dataSet.get('semanticModelConfiguration', 'tableMap').children();
  return [
    dataSet.get('rowLevelPermissionDataSet'),
    ...tables.map((table) => table.get('rowLevelPermissionConfiguration', 'rowLevelPermissionDataSet')),
  ].filter(({ exists }) => exists);
}
