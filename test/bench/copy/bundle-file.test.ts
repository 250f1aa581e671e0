import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import { writeBundle } from '../../../bench/copy/bundle-file';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['stored', 'deflated'] as const)(
  'writeBundle writes a zip with %s entries that yauzl reads',
  async (packing) => {
    const file = join(folder, packing);
    const written = writeBundle(file, 1_000_000, packing);
    expect(written.size).toBe((await stat(file)).size);
    expect(written.size).toBeGreaterThanOrEqual(1_000_000);
    const zip = await openPromise(file);
    let [entries, unpacked] = [0, 0];
    for await (const entry of zip.eachEntry()) {
      const content = await buffer(await zip.openReadStreamPromise(entry));
      expect(crc32(content)).toBe(entry.crc32);
      expect(JSON.parse(String(content))).toMatchObject({ resourceType: 'dashboard', name: expect.any(String) });
      entries++;
      unpacked += content.length;
    }
    expect({ ...written, entries, unpacked }).toEqual(written);
  },
);
