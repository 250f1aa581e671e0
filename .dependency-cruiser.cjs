/** The import rules of docs/architecture.md. test/build/import-rules.test.ts proves each with an import that breaks it. */

const npm = (...names) => `node_modules/(?:${names.join('|')})(?:/|$)`;
const OURS = '^(?:bench|bin|build|bundle|cli|lambda|lib|local|test|testing)/';

/** Files of `from` import nothing of ours but `to`. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: [from, ...to] },
});

/** Files of `from` do not import `to`. */
const never = (name, from, to, comment) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never('no-cycles', {}, { circular: true }, 'Modules form a pyramid.'),
    never(
      'contract-imports-nothing',
      { path: '^lib/contract/' },
      { pathNot: '^lib/contract/' },
      'Construct and handlers share it.',
    ),
    only(
      'lib-layers',
      '^lib/(?:assets|artifact|provider)/',
      ['^lib/(?:assets|artifact|provider|contract)/'],
      'The export and the import stand on shared ground.',
    ),
    only('lib-alone', '^lib/', ['^bundle/'], 'The library contains constructs and the reading of bundles.'),
    never(
      'lib-dependencies',
      { path: '^lib/' },
      { path: 'node_modules/', pathNot: npm('aws-cdk-lib', 'constructs', '@types') },
      'A consumer installs aws-cdk-lib and constructs, and nothing else.',
    ),
    only('bundle-alone', '^bundle/', ['^lib/contract/'], 'Reading a bundle needs a path and the table of asset types.'),
    never(
      'bundle-without-aws',
      { path: '^bundle/' },
      { path: npm('@aws-sdk', '@smithy', 'aws-cdk-lib', 'constructs') },
      'Reading a bundle needs neither AWS nor CDK.',
    ),
    only('core-is-lowest', '^lambda/core/', ['^lib/contract/'], 'The lowest floor of the handlers.'),
    only('aws-layer', '^lambda/aws/', ['^lambda/core/', '^lib/contract/'], 'One module for each outside system.'),
    only(
      'lifecycle-layer',
      '^lambda/lifecycle/',
      ['^lambda/core/', '^lib/contract/'],
      'The job engine serves exports and imports.',
    ),
    never(
      'lifecycle-without-aws',
      { path: '^lambda/lifecycle/' },
      { path: npm('@aws-sdk', '@smithy') },
      'The job engine contains neither QuickSight nor S3.',
    ),
    only(
      'lambda-layer',
      '^lambda/',
      ['^bundle/', '^lib/contract/'],
      'The handlers share the contract with the construct.',
    ),
    never(
      'lambda-without-cdk',
      { path: '^lambda/' },
      { path: npm('aws-cdk-lib', 'constructs') },
      'The handlers run without the CDK.',
    ),
    never(
      'export-without-import',
      { path: '^(?:lambda|lib)/export/' },
      { path: '^(?:lambda|lib)/import/' },
      'Two houses.',
    ),
    never(
      'import-without-export',
      { path: '^(?:lambda|lib)/import/' },
      { path: '^(?:lambda|lib)/export/' },
      'Two houses.',
    ),
    only('cli-layer', '^cli/', ['^bundle/'], 'The command line is a layer over the reading of bundles.'),
    never(
      'bin-uses-the-public-api',
      { path: '^bin/' },
      { path: '^lib/', pathNot: '^lib/index\\.ts$' },
      'The sample apps are users of the package.',
    ),
    never(
      'local-is-an-oracle',
      { path: '^local/' },
      { path: '^(?:lambda|lib|bundle|cli|test|testing|bench)/' },
      'The stand-in is independent of what it tests.',
    ),
    never(
      'aws-check-is-not-local',
      { path: '^local/aws-check/' },
      { path: '^local/(?:quicksight|cloud/(?!cdk-cli|guarded|paths))' },
      'The check of a real account has nothing of the local cloud but the CDK CLI.',
    ),
    never('bench-without-test', { path: '^bench/' }, { path: '^test/' }, 'testing/ has what both share.'),
    never(
      'testing-without-test',
      { path: '^testing/' },
      { path: '^(?:test|bench)/' },
      'testing/ is below test/ and bench/.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^local/lambda-node/node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
