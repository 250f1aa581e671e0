import { BundleLimitError } from '../../bundle/bundle-limit-error';
import { EntryList, tooManyEntries } from '../../bundle/entry-list';
import { InvalidBundleError } from '../../bundle/invalid-bundle-error';

const entry = (path: string, name = '') => ({ path, sha256: 'aa', asset: { type: 'dashboard', id: 'x', name } });

test('has the entries in their order', () => {
  const list = new EntryList();
  list.add({ path: 'b', sha256: 'aa' });
  list.add(entry('a'));
  expect(list.entries).toEqual([{ path: 'b', sha256: 'aa' }, entry('a')]);
});

test('rejects two entries of the same path', () => {
  const list = new EntryList();
  list.add(entry('dashboard/sales.json'));
  expect(() => list.add(entry('dashboard/sales.json'))).toThrow(
    new InvalidBundleError('entry dashboard/sales.json: the bundle has another entry of this path'),
  );
});

test('has at most 20,000 entries', () => {
  const list = new EntryList();
  for (let n = 0; n < 20_000; n++) list.add(entry(`dashboard/${n}.json`));
  expect(list.entries).toHaveLength(20_000);
  expect(() => list.add(entry('dashboard/more.json'))).toThrow(
    new BundleLimitError(
      'the bundle has more than 20000 entries, and the limit is 20000. Split the assets over several exports.',
    ),
  );
  expect(tooManyEntries('100000').message).toContain('has 100000 entries');
});

test('has at most 4,194,304 characters of paths and names', () => {
  const list = new EntryList();
  list.add(entry('a'.repeat(1024 ** 2), 'b'.repeat(1024 ** 2)));
  list.add({ path: 'c'.repeat(2 * 1024 ** 2 - 1), sha256: 'aa' });
  list.add(entry('d'));
  expect(() => list.add(entry('e'))).toThrow(
    new BundleLimitError(
      'the paths and names of the bundle have 4194305 characters or more, and the limit is 4194304. Split the assets over several exports.',
    ),
  );
});
