import { fileURLToPath } from 'node:url';
import config from '../../jest.config.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Few runs, the same each time, without shrinking: the first failure kills a mutant.
process.env.FAST_CHECK_RUNS ??= '40';
process.env.FAST_CHECK_SEED ??= '1';

/** All tests of lambda/ and bundle/ in one file, so that each mutant loads their imports once. */
export default {
  rootDir: here('../..'),
  transform: config.projects[0].transform,
  testMatch: ['<rootDir>/test/mutation/handlers.test.ts'],
  testEnvironment: here('environment.cjs'),
};
