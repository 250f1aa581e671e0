import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountOf } from '../../../local/start/account';
import { failures } from '../../../local/start/follow';
import { startOptions } from '../../../local/start/options';
import { saveManifests, table } from '../../../local/start/result';
import { ScriptedServer } from '../../support/scripted-server';
import { zipOf } from '../quicksight/zip';

const options = (...args: string[]) => startOptions(['node', 'npm-start.mjs', ...args]);

describe('the account', () => {
  test('is the sample account, with its dashboard and folder to export', async () => {
    const { catalog, assets } = await accountOf(options());
    expect(assets).toEqual(['dashboard/sales-overview', 'folder/sales']);
    expect(new Set(catalog.all().map(({ type }) => type))).toEqual(
      new Set(['datasource', 'dataset', 'analysis', 'dashboard', 'theme', 'folder']),
    );
  });

  test('gives what is asked for', async () => {
    expect(
      (await accountOf(options('--assets', 'theme/sales-colours, dataset/sales-orders,theme/sales-colours'))).assets,
    ).toEqual(['theme/sales-colours', 'dataset/sales-orders']);
  });

  test('says what there is when something else is asked for', async () => {
    await expect(accountOf(options('--assets', 'dashboard/none'))).rejects.toThrow(
      /^There is no asset dashboard\/none; there are datasource\/sales-lake, .*\.$/,
    );
  });

  describe('of a bundle', () => {
    let folder: string;
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'start-'))));
    afterEach(() => rm(folder, { recursive: true }));

    test.each([
      ['missing', undefined, 'does not exist'],
      ['empty', '', 'is empty'],
      ['no zip', 'text', 'is not a zip file'],
    ])('says that the file is %s', async (_, content, message) => {
      const file = join(folder, 'a.qs');
      if (content !== undefined) await writeFile(file, content);
      await expect(accountOf(options('--bundle', file))).rejects.toThrow(message);
    });

    test.each([
      ['dashboard/a b', 'the id of a dashboard matches [\\w\\-]{1,2048}'],
      ['theme/ü', 'the id of a theme matches [\\w\\-]{1,2048}'],
      ['vpcConnection/a,b', 'the id of a vpcConnection matches [\\w\\-]{1,1000}'],
      ['topic/a~b', 'the id of a topic matches [A-Za-z0-9\\-_.\\\\+]{1,256}'],
      ['refreshSchedule/a--refresh-schedule--b c', 'the id of a refreshSchedule matches [\\w\\-]{1,2048}'],
    ])('says that no job can name %s, unless others are chosen', async (entry, rule) => {
      const file = join(folder, 'a.qs');
      await writeFile(file, await zipOf({ [`${entry}.json`]: '{}', 'topic/a.b.json': '{}' }));
      await expect(accountOf(options('--bundle', file))).rejects.toThrow(
        `${file} has the entry ${entry}.json, which no export job can name, as ${rule}: choose others with --assets.`,
      );
      expect((await accountOf(options('--bundle', file, '--assets', 'topic/a.b'))).assets).toEqual(['topic/a.b']);
    });
  });
});

test('two services cannot share a port', () => {
  expect(() => options('--port', '4000', '--quicksight-port', '4000')).toThrow(
    '--port and --quicksight-port both say 4000: choose two ports.',
  );
});

test('a failed deployment is explained by what failed, not by what was cancelled for it', () => {
  const event = (LogicalResourceId: string, ResourceStatus: string, ResourceStatusReason?: string) => ({
    LogicalResourceId,
    ResourceType: 'Custom::X',
    ResourceStatus,
    ResourceStatusReason,
  });
  expect(
    failures([
      event('A', 'CREATE_FAILED', 'Export job said no\n\n    at invokeUserFunction (framework.js:2:6)'),
      event('B', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('C', 'CREATE_COMPLETE'),
    ]),
  ).toEqual(['A (Custom::X): Export job said no']);
});

test('a manifest that cannot be had hides nothing of a failure', async () => {
  const server = await new ScriptedServer().start();
  server.answer = (_, response) => {
    response.writeHead(404).end();
  };
  try {
    const clientConfig = () => ({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    expect(
      await saveManifests({ clientConfig }, 'Export job no (its manifest: s3://bucket/a/assetbundle-no.manifest.json)'),
    ).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/bucket/a/assetbundle-no.manifest.json?x-id=GetObject']);
  } finally {
    await server.stop();
  }
});

test('the table of outputs fits the terminal and keeps every character', () => {
  const lines = table({ JobStatus: 'SUCCESSFUL', ArtifactS3Uri: `s3://bucket/${'k'.repeat(100)}` }, 80).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(
    lines
      .join('')
      .match(/k/g)
      ?.filter((letter) => letter === 'k'),
  ).toHaveLength(101);
});
