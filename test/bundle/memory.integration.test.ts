import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { bundle } from '../../build/handlers';
import { IS_COMPLETE_HEAP_FLAGS } from '../../lib/export/export-provider';
import { largeMember, templateOf } from '../support/large-template';
import { rawZip } from '../support/raw-zip';

jest.setTimeout(300_000);

/**
 * Resident memory of the process that reads. A copy takes about 45 MiB more for the SDK and its buffers (P4 in
 * docs/reference/performance.md). The smallest function has 192 MB.
 */
const MAX_PEAK_MEBIBYTES = 140;

let folder: string;
let program: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-memory-'));
  await bundle({ 'read-bundle': 'test/support/read-bundle-process.ts' }, folder);
  program = join(folder, 'read-bundle.js');
  file = join(folder, 'bundle');
});
afterAll(() => rm(folder, { recursive: true }));

interface Outcome {
  readonly entries?: number;
  readonly isLimit?: boolean;
  readonly message?: string;
  readonly peakMebibytes: number;
}

/** Reads the file in a process with the heap of the isComplete function. */
async function readInFunctionHeap(): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(process.execPath, [...IS_COMPLETE_HEAP_FLAGS, program, file], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const outcome = JSON.parse(stdout) as Outcome;
  expect(outcome.peakMebibytes).toBeLessThan(MAX_PEAK_MEBIBYTES);
  return outcome;
}

const write = (chunks: Iterable<Buffer | string>) => pipeline(Readable.from(chunks), createWriteStream(file));

const MB = 1_000_000;

describe('the heap of the function has room for', () => {
  test('a template of 100 MB with members of 230 kB', async () => {
    await write(templateOf(435, 230_000));
    expect(await readInFunctionHeap()).toMatchObject({ entries: 436 });
  });

  test('a resource of 64 MB', async () => {
    await write(
      (function* () {
        yield '{"Resources":{"Sales":{"Type":"AWS::QuickSight::Dashboard","Properties":{"Definition":[0';
        for (let n = 0; n < 64; n++) yield `,${largeMember(MB, n)}`;
        yield ']}}}}';
      })(),
    );
    expect(await readInFunctionHeap()).toMatchObject({ entries: 1 });
  });

  test('a zip of 20,000 files', async () => {
    const entries = Array.from({ length: 20_000 }, (_, n) => ({
      path: `dashboard/${String(n).padStart(36, '0')}.json`,
      content: `{"resourceType":"dashboard","name":"Sales of region ${n}"}`,
      compress: true,
    }));
    await writeFile(file, rawZip(entries));
    expect(await readInFunctionHeap()).toMatchObject({ entries: 20_000 });
  });

  test('a file of 200 MB that is compressed to 200 kB', async () => {
    await writeFile(file, rawZip([{ path: 'dashboard/x.json', content: 'x'.repeat(200 * MB), compress: true }]));
    expect(await readInFunctionHeap()).toMatchObject({ message: 'entry dashboard/x.json: not JSON' });
  });
});

/** A value that starts with `open`, and then repeats a text. */
function* hostile(open: string, text: string, megabytes: number): Generator<string> {
  yield `{"Resources":{"Sales":{"Properties":${open}`;
  const block = text.repeat(MB / text.length);
  for (let n = 0; n < megabytes; n++) yield block;
}

describe('a template is refused before the heap is full when it has', () => {
  function* members() {
    for (let n = 0; n < 1000; n++) {
      yield Array.from({ length: 2000 }, (_, m) => `"${n}-${m}":1,`).join('');
    }
  }
  test.each<[string, () => Iterable<string>]>([
    ['a text of 64 MB', () => hostile('"', 'x', 64)],
    ['a text of 64 MB of escapes', () => hostile('"', '\\n', 64)],
    ['64 million levels', () => hostile('', '[', 64)],
    ['2 million members in one object', () => ['{"Resources":{"Sales":{', ...members()]],
    ['2 million resources', () => ['{"Resources":{', ...members()]],
  ])('%s', async (_, chunks) => {
    await write(chunks());
    const { isLimit, message } = await readInFunctionHeap();
    expect(isLimit).toBe(true);
    expect(message).toMatch(/limit.*\. (?:Export it as QUICKSIGHT_JSON|Split the assets)/);
  });

  test('is read when it has a list of 8 million items', async () => {
    await write([...hostile('[0', ',1', 16), ']}}}']);
    expect(await readInFunctionHeap()).toMatchObject({ entries: 1 });
  });
});
