import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inventoryOf } from '../../bundle/inventory';
import { CommandError } from '../../cli/command-error';
import { s3ObjectOf } from '../../cli/s3-object';
import { withBundle } from '../../cli/with-bundle';
import { S3Server, s3Error } from '../../testing/s3-server';
import { zipOf } from '../../testing/zip';
import { CapturedTerminal } from '../support/captured-terminal';

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

describe('a download', () => {
  const environment = { ...process.env };
  let server: S3Server;

  beforeEach(async () => {
    server = await new S3Server().start();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: server.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_MAX_ATTEMPTS: '1',
    });
  });
  afterEach(async () => {
    process.env = { ...environment };
    await server.stop();
  });

  const temporaryFolders = (): string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('cdk-quicksight-asset-bundle-'));

  const namesIn = (location: string): Promise<Array<string | undefined>> =>
    withBundle(new CapturedTerminal(), location, async (bundle) =>
      (await inventoryOf(bundle)).assets.map(({ name }) => name),
    );

  const bundleOf = (name: string) =>
    zipOf({ 'theme/t.json': JSON.stringify({ resourceType: 'theme', themeId: 't', name }) });

  test('reads the latest version, or the version that the location names', async () => {
    const earlier = server.put('bundles/a.qs', await bundleOf('earlier'));
    server.put('bundles/a.qs', await bundleOf('latest'));
    expect(await namesIn('s3://bucket/bundles/a.qs')).toEqual(['latest']);
    expect(await namesIn(`s3://bucket/bundles/a.qs?versionId=${earlier}`)).toEqual(['earlier']);
    expect(server.requests[0]?.headers.authorization).toMatch(/Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/s3\//);
  });

  test('leaves no file, whether the bundle is whole or damaged', async () => {
    const before = temporaryFolders();
    server.put('whole.qs', await bundleOf('a'));
    server.put('damaged.qs', 'no bundle');
    await namesIn('s3://bucket/whole.qs');
    await expect(namesIn('s3://bucket/damaged.qs')).rejects.toThrow(/^s3:\/\/bucket\/damaged.qs: .*neither a zip/);
    expect(temporaryFolders()).toEqual(before);
  });

  test('names the object and the error of S3', async () => {
    await expect(namesIn('s3://bucket/absent.qs')).rejects.toThrow(
      new CommandError('s3://bucket/absent.qs: On demand (NoSuchKey)'),
    );
    server.instead = () => s3Error(403, 'AccessDenied', 'User x is not authorized to perform: s3:GetObject.');
    await expect(namesIn('s3://bucket/a.qs')).rejects.toThrow(
      's3://bucket/a.qs: User x is not authorized to perform: s3:GetObject (AccessDenied)',
    );
  });

  test('reports a connection that ends early', async () => {
    server.instead = () => ({ status: 200, body: 'PK', cutShort: true });
    await expect(namesIn('s3://bucket/a.qs')).rejects.toThrow(/^s3:\/\/bucket\/a.qs: aborted \(ECONNRESET\)$/);
  });
});
