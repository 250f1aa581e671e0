import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'cdk.out/', '.local/', '.venv/', 'coverage/', '**/node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: { process: 'readonly', console: 'readonly', __dirname: 'readonly', module: 'writable', URL: 'readonly' } } },
  {
    files: ['lib/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['@aws-sdk/*', '@aws-lambda-powertools/*', '**/lambda/**', '**/local/**'], message: 'lib/ imports aws-cdk-lib and constructs alone.' }] }] },
  },
  {
    files: ['lambda/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['aws-cdk-lib', 'aws-cdk-lib/*', '**/local/**'], message: 'lambda/ imports the contract, the AWS SDK and Powertools; see the layout in the design.' }] }] },
  },
  {
    files: ['local/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['**/lambda/**'], message: 'local/ imports nothing of lambda/.' }] }] },
  },
);
