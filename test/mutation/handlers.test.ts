import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(__dirname, '..');

/** Those that start a local cloud take seconds for each mutant. */
const WITH_CLOUD = ['behaviour/fault-matrix.integration.test.ts', 'behaviour/export.integration.test.ts'];

/** These test synthesis. */
const OF_SYNTHESIS = ['behaviour/cdk-rules.integration.test.ts', 'behaviour/stacks.test.ts'];

/** The quickest first: they kill most. */
const PATIENCE = [/\/[^./]+\.test\.ts$/, /\.property\.test\.ts$/, /\.integration\.test\.ts$/];

const names = ['lambda', 'bundle', 'behaviour']
  .flatMap((folder) =>
    (readdirSync(join(TEST, folder), { recursive: true }) as string[]).map((name) => `${folder}/${name}`),
  )
  .filter((name) => ![...WITH_CLOUD, ...OF_SYNTHESIS].includes(name));

describe.each(PATIENCE.flatMap((kind) => names.filter((name) => kind.test(name))))('%s', (name) => {
  jest.requireActual(join(TEST, name));
});
