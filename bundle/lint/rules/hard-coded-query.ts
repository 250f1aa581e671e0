import { forTypes, type LintRule } from '../lint-rule';
import { physicalTables } from '../physical-tables';

const REMEDY = 'Use the same name in all environments, or edit the bundle before the import. No override reaches it.';

export const HARD_CODED_SCHEMA: LintRule = tableMember('hard-coded-schema', 'schema', 'schema');

export const HARD_CODED_CATALOG: LintRule = tableMember('hard-coded-catalog', 'catalog', 'catalog');

function tableMember(id: string, member: string, noun: string): LintRule {
  return {
    id,
    severity: 'info',
    remedy: REMEDY,
    checkAsset: forTypes(['dataset'], function* ({ properties }) {
      for (const table of physicalTables(properties)) {
        const { text, pointer } = table.get('relationalTable', member);
        if (text === undefined || text === '') continue;
        const name = table.get('relationalTable', 'name').text ?? '';
        yield { path: pointer, message: `The table ${name} is read from the ${noun} ${text} in every environment.` };
      }
    }),
  };
}

export const CUSTOM_SQL: LintRule = {
  id: 'custom-sql',
  severity: 'info',
  remedy:
    'Check the names of databases, schemas and tables in the query. Edit the bundle before the import if they differ.',
  checkAsset: forTypes(['dataset'], function* ({ properties }) {
    for (const table of physicalTables(properties)) {
      const query = table.get('customSql', 'sqlQuery');
      if (query.text === undefined) continue;
      const name = table.get('customSql', 'name').text ?? '';
      yield {
        path: query.pointer,
        message: `The custom SQL ${name} is the same in every environment. No override reaches it.`,
      };
    }
  }),
};
