import { itemsOf, memberOf } from '../json-members';
import type { JsonValue } from '../json-value';
import { membersIn, textOf } from './read-json';

/**
 * Names of the parameters of a data set, an analysis or a dashboard. A declaration is
 * `{ "stringParameterDeclaration": { "name": … } }` or `{ "stringDatasetParameter": { "name": … } }`.
 *
 * @param properties Members of the file, or `Properties` of the resource.
 */
export function parameterNames(properties: JsonValue): ReadonlySet<string> {
  const lists = [
    memberOf(properties, 'datasetParameters'),
    memberOf(memberOf(properties, 'definition'), 'parameterDeclarations'),
  ];
  return new Set(
    lists
      .flatMap((list) => itemsOf(list))
      .flatMap((declaration) => membersIn(declaration))
      .flatMap(([, body]) => textOf(memberOf(body, 'name')) ?? []),
  );
}
