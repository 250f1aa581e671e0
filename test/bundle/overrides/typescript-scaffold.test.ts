import { runInNewContext } from 'node:vm';
import * as ts from 'typescript';
import { typescriptScaffold } from '../../../bundle/overrides/typescript-scaffold';

/** The override parameters in the text, evaluated. */
function evaluated(text: string): unknown {
  const [, literal] = /overrideParameters: ([\s\S]+),\n\}\);\n$/.exec(text) as RegExpExecArray;
  return JSON.parse(JSON.stringify(runInNewContext(`(${literal})`)));
}

test('the members have the spelling of the props', () => {
  const text = typescriptScaffold({
    ResourceIdOverrideConfiguration: { PrefixForAllResources: 'p' },
    VPCConnections: [{ VPCConnectionId: 'v', SubnetIds: [] }],
    DataSources: [{ DataSourceParameters: { RedshiftParameters: { IAMParameters: {}, Port: 5439 } } }],
    TopicsV2: [{ TopicId: 't' }],
  });
  expect(evaluated(text)).toEqual({
    resourceIdOverrideConfiguration: { prefixForAllResources: 'p' },
    vpcConnections: [{ vpcConnectionId: 'v', subnetIds: [] }],
    dataSources: [{ dataSourceParameters: { redshiftParameters: { iamParameters: {}, port: 5439 } } }],
    topicsV2: [{ topicId: 't' }],
  });
});

test.each(["a'b", '\\', '\\"', '"', 'a\nb', '\u2028', '${x}', '`', '</script>'])(
  'the value %j is a literal',
  (value) => {
    expect(evaluated(typescriptScaffold({ Name: value }))).toEqual({ name: value });
  },
);

test('the text is TypeScript without syntax errors', () => {
  const { diagnostics } = ts.transpileModule(typescriptScaffold({ Name: "it's" }), { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
});
