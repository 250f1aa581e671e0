import { contentDigest } from '../../bundle/content-digest';

const ONE = { path: 'dashboard/one.json', sha256: 'aa' };
const TWO = { path: 'dataset/two.json', sha256: 'bb' };

test('a content digest is the hash of sorted lines of hash and path', () => {
  // printf 'aa  dashboard/one.json\nbb  dataset/two.json\n' | sha256sum
  const digest = '3ddfd0b1e0bac6b50847d4b7245dc18455a841ef8316bc5161b82c7973752601';
  expect(contentDigest([ONE, TWO])).toBe(digest);
  expect(contentDigest([TWO, ONE])).toBe(digest);
});

test('another path, another content or another entry changes the content digest', () => {
  const digests = [[ONE, TWO], [ONE], [ONE, { ...TWO, path: 'dataset/x.json' }], [ONE, { ...TWO, sha256: 'cc' }]];
  expect(new Set(digests.map(contentDigest)).size).toBe(4);
});
