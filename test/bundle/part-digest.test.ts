import { bundleDigest, partDigest } from '../../bundle/part-digest';

const SHA256 = 'ab'.repeat(32);

test('the digest of a part is that of its normalized content', () => {
  // printf '{"a":[2,1],"b":"é"}' | sha256sum
  const expected = 'v2:d969b5284bc60002a85e65bcf64aeca5ce82f35c251bdb9c22d2ae14d3c4312b';
  expect(partDigest('dashboard', { path: '', sizeBytes: 0, sha256: SHA256, content: { b: 'é', a: [2, 1] } })).toBe(
    expected,
  );
});

test('the digest of a part without content is that of its bytes', () => {
  expect(partDigest('dashboard', { path: '', sizeBytes: 0, sha256: SHA256 })).toBe(`v2:${SHA256}`);
});

test('JSON null is content', () => {
  // printf null | sha256sum
  const expected = 'v2:74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b';
  expect(partDigest('dashboard', { path: '', sizeBytes: 0, sha256: SHA256, content: null })).toBe(expected);
});

test('the digest of a bundle is that of the lines of its parts in their order', () => {
  const parts = [
    { path: 'b', digest: 'v2:2' },
    { path: 'a', digest: 'v2:1' },
  ];
  // printf '1  a\n2  b\n' | sha256sum
  expect(bundleDigest(parts)).toBe('v2:8d711146c07b0092609ee8aa24647b11f96dab70254b0b11505acc5c8cbcd31a');
  expect(bundleDigest([...parts].reverse())).toBe(
    'v2:8d711146c07b0092609ee8aa24647b11f96dab70254b0b11505acc5c8cbcd31a',
  );
});
