import { CommandError } from '../../cli/command-error';
import { s3ObjectOf } from '../../cli/s3-object';

test.each([
  ['s3://bucket/key.qs', { bucket: 'bucket', key: 'key.qs' }],
  ['s3://bucket/a/b c?.qs', { bucket: 'bucket', key: 'a/b c?.qs' }],
  ['s3://bucket/key?versionId=abc.D_-', { bucket: 'bucket', key: 'key', versionId: 'abc.D_-' }],
  ['s3://bucket/key?versionId=a%2Bb', { bucket: 'bucket', key: 'key', versionId: 'a+b' }],
  ['s3://bucket/a?versionId=b/c?versionId=d', { bucket: 'bucket', key: 'a?versionId=b/c', versionId: 'd' }],
])('%s is an object', (location, expected) => {
  expect(s3ObjectOf(location)).toEqual(expected);
});

test.each(['bundle.qs', './s3', '/s3://x', 'folder/s3:/'])('%s is a path', (location) => {
  expect(s3ObjectOf(location)).toBeUndefined();
});

test.each(['s3://', 's3://bucket', 's3://bucket/', 's3:///key', 's3:bucket/key'])('%s is refused', (location) => {
  expect(() => s3ObjectOf(location)).toThrow(
    new CommandError(`${location} is not the location of an object: write s3://bucket/key[?versionId=...]`),
  );
});
