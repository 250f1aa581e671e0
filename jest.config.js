require('./local/set-up/node-warnings.cjs');

const transform = { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] };

/**
 * unit: our own code. property: our own code with many generated inputs. integration: HTTP to the stand-in and S3, and complete
 * runs of other tools (cdk-nag, the bundler). e2e: deployments with the real CDK CLI.
 */
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: __dirname,
  testEnvironment: 'node',
  // Mutation testing stores copies of the project in this folder.
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  transform,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
  ...more,
});

module.exports = {
  projects: [
    project('unit', ['{lib,lambda,bundle,cli,local,bin,bench,build,behaviour,docs}/**/*.test.ts'], {
      testPathIgnorePatterns: ['\\.(property|integration)\\.test\\.ts$'],
    }),
    project('property', ['{lambda,bundle,behaviour}/**/*.property.test.ts']),
    project('integration', ['{lib,lambda,bundle,cli,local,build,behaviour}/**/*.integration.test.ts']),
    project('e2e', ['e2e/**/*.test.ts']),
  ],
};
