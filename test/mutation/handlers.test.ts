import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(__dirname, '..');

/**
 * Tests that start a local cloud take seconds for each mutant. Tests of synthesis run no code of a handler, and those that
 * bundle the handlers run it in another process.
 */
const EXCLUDED = /from '\.\.\/(?:support\/s3-endpoint|lib\/support|\.\.\/build\/handlers)'/;

/** The fastest tests come first, because they kill most mutants. */
const KINDS = [/\/[^./]+\.test\.ts$/, /\.property\.test\.ts$/, /\.integration\.test\.ts$/];

const names = ['lambda', 'bundle', 'behaviour']
  .flatMap((folder) =>
    (readdirSync(join(TEST, folder), { recursive: true }) as string[]).map((name) => `${folder}/${name}`),
  )
  .filter((name) => name.endsWith('.test.ts') && !EXCLUDED.test(readFileSync(join(TEST, name), 'utf8')));

describe.each(KINDS.flatMap((kind) => names.filter((name) => kind.test(name))))('%s', (name) => {
  jest.requireActual(join(TEST, name));
});
