import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { plainEnglish } from './build/style/eslint-plain-english.mjs';

const GLOBALS = Object.fromEntries(
  ['process', 'console', '__dirname', 'module', 'require', 'URL', 'Buffer', 'setTimeout'].map((name) => [
    name,
    'readonly',
  ]),
);

/** Lint of types and promises. Biome formats, and dependency-cruiser checks the imports. */
export default tseslint.config(
  { ignores: ['dist/', 'cdk.out/', '.local/', '.venv/', 'coverage/', '**/node_modules/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-member-accessibility': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A function that implements an asynchronous interface returns a promise, whether or not it waits for one.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    plugins: { project: { rules: { 'plain-english': plainEnglish } } },
    rules: { 'project/plain-english': 'error' },
  },
  {
    files: ['{test,testing}/**/*.ts'],
    rules: {
      'project/plain-english': ['error', { titlesOnly: true }],
      // The matchers of Jest and the JSON of a template have the type `any`. A wrong member fails the test.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...GLOBALS, module: 'writable' } },
    rules: {
      '@typescript-eslint/explicit-member-accessibility': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
);
