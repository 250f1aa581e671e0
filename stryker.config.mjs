/** Mutation testing of lambda/ and bundle/: `npm run mutation`, or one file with `npx stryker run -m lambda/lifecycle/cfn-response.ts`. See docs/reference/mutation.md. */
export default {
  mutate: ['{lambda,bundle}/**/*.ts'],
  testRunner: 'jest',
  jest: { configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Jest keeps memory from one run to the next.
  maxTestRunnerReuse: 60,
  // Others may need the machine at the same time: a slow mutant is not a dead one.
  timeoutMS: 12_000,
  timeoutFactor: 3,
  incremental: true,
  incrementalFile: '.local/mutation/incremental.json',
  tempDirName: '.local/mutation/sandbox',
  ignorePatterns: ['/dist', '/cdk.out', '/.venv', '/.local', '/.jsii', '/coverage', '/bench', '/docs'],
  reporters: ['clear-text', 'progress', 'html', 'json'],
  htmlReporter: { fileName: '.local/mutation/report.html' },
  jsonReporter: { fileName: '.local/mutation/report.json' },
  clearTextReporter: { allowColor: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
