import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inventoryOf } from '../../bundle/inventory';
import { CommandError } from '../../cli/command-error';
import { withBundle } from '../../cli/with-bundle';
import { S3Server, s3Error } from '../../testing/s3-server';
import { zipOf } from '../../testing/zip';
import { CapturedTerminal } from '../support/captured-terminal';

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
