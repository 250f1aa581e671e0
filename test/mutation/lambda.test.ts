import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'lambda');

/** Those that start a local cloud take seconds for each mutant. */
const WITH_CLOUD = ['fault-matrix.integration.test.ts', 'handlers.integration.test.ts'];

/** The quickest first: they kill most. */
const PATIENCE = [/^[^.]+\.test\.ts$/, /\.property\.test\.ts$/, /\.integration\.test\.ts$/];

const names = readdirSync(FOLDER).filter((name) => !WITH_CLOUD.includes(name));

describe.each(PATIENCE.flatMap((kind) => names.filter((name) => kind.test(name))))('%s', (name) => {
  jest.requireActual(join(FOLDER, name));
});
