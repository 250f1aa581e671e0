import { statSync } from 'node:fs';
import type { systemDependencies } from '../../../lambda/export/system-dependencies';
import { S3Server, s3Error } from '../../../testing/s3-server';

const ENVIRONMENT = process.env;

let s3: S3Server;
beforeEach(async () => {
  s3 = await new S3Server().start();
  process.env = {
    ...ENVIRONMENT,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_QUICKSIGHT: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_S3: s3.endpoint,
  };
});
afterEach(async () => {
  process.env = ENVIRONMENT;
  await s3.stop();
});

/** The clients read the environment when they are created. */
async function load(): Promise<ReturnType<typeof systemDependencies>> {
  return (await import('../../../lambda/export/system-dependencies')).systemDependencies();
}

test("a link to QuickSight's own origin is followed only when its endpoint is configured", async () => {
  expect((await load()).quickSightEndpoint).toBe('http://127.0.0.1:1');
  delete process.env.AWS_ENDPOINT_URL_QUICKSIGHT;
  expect(await load()).not.toHaveProperty('quickSightEndpoint');
});

test('the SDK prints no warning about a file that S3 rejects', async () => {
  const { storeOf } = await load();
  const warn = jest.spyOn(console, 'warn');
  s3.instead = () => s3Error(503, 'SlowDown');
  const file = { path: __filename, size: statSync(__filename).size, sha256: '00' };
  const store = storeOf({ ArtifactBucket: 'artifacts', ArtifactPrefix: '' });
  await expect(store.writeFileOnce('key', 'job', file, 'application/zip')).rejects.toThrow(
    's3:PutObject returned SlowDown',
  );
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
