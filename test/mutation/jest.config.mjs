import { fileURLToPath } from 'node:url';
import config from '../../jest.config.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Few cases, always the same ones, and no search for a smaller one: a mutant is killed by the first that fails.
process.env.FAST_CHECK_RUNS ??= '40';
process.env.FAST_CHECK_SEED ??= '1';

/** The tests of lambda/ in one file, so that what they import is loaded once for each mutant, which ends at the first failure. */
export default {
  rootDir: here('../..'),
  transform: config.projects[0].transform,
  testMatch: ['<rootDir>/test/mutation/handlers.test.ts'],
  testEnvironment: here('environment.cjs'),
};
