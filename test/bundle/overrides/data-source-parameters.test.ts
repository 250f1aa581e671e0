import { DataSourceParameters$ } from '@aws-sdk/client-quicksight';
import { DATA_SOURCE_PARAMETERS, type MemberRule } from '../../../bundle/overrides/data-source-parameters';

/** A structure in the SDK: kind, namespace, name, traits, members, and their types. */
type Schema = readonly [number, string, string, number, string[], unknown[]];

interface Members {
  readonly [name: string]: Members | null;
}

/** The members of a structure of the service, and of the structures in it. */
function modelled([, , , , names, types]: Schema): Members {
  return Object.fromEntries(
    names.map((name, index) => {
      const type = types[index];
      const schema = (typeof type === 'function' ? type() : type) as Schema;
      return [name, Array.isArray(schema) && schema[0] === 3 ? modelled(schema) : null];
    }),
  );
}

const listed = (rule: MemberRule): Members | null =>
  typeof rule === 'string'
    ? null
    : Object.fromEntries(Object.entries(rule).map(([name, member]) => [name, listed(member)]));

test('the table has the engines and members of the service', () => {
  expect(listed(DATA_SOURCE_PARAMETERS)).toEqual(modelled(DataSourceParameters$ as unknown as Schema));
});

test('each ARN, host and bucket has to be filled in', () => {
  const kept: string[] = [];
  const visit = (rule: MemberRule, name: string): void => {
    if (typeof rule === 'object') for (const [member, inner] of Object.entries(rule)) visit(inner, member);
    else if (rule === 'keep' && /Arn$|^Host$|HostName$|^Domain$|Bucket|ClusterId|InstanceId/.test(name))
      kept.push(name);
  };
  visit(DATA_SOURCE_PARAMETERS, '');
  expect(kept).toEqual([]);
});
