// The SDK warns of Node.js 20, which is supported here. Jest's workers inherit this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const transform = { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] };

/** unit: our own code alone; property: the same, with many cases of what others decide; integration: over HTTP to the stand-in and S3, and with the whole of other tools (cdk-nag, the bundler); e2e: deployments with the real cdk CLI. */
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: __dirname,
  testEnvironment: 'node',
  // Copies of the project lie there while mutation testing runs.
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  transform,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
  ...more,
});

module.exports = {
  projects: [
    project('unit', ['{lib,lambda,bundle,local,bin,bench,build,behaviour}/**/*.test.ts'], {
      testPathIgnorePatterns: ['\\.(property|integration)\\.test\\.ts$'],
    }),
    project('property', ['{lambda,bundle,behaviour}/**/*.property.test.ts']),
    project('integration', ['{lib,lambda,local,build,behaviour}/**/*.integration.test.ts']),
    project('e2e', ['e2e/**/*.test.ts']),
  ],
};
