import { saveManifests, table } from '../../../local/start/result';
import { ScriptedServer } from '../../support/scripted-server';

test('saveManifests() ignores a manifest that does not exist', async () => {
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
      await saveManifests({ clientConfig }, 'Export job failed (manifest: s3://bucket/a/assetbundle-x.manifest.json)'),
    ).toEqual([]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/bucket/a/assetbundle-x.manifest.json?x-id=GetObject']);
  } finally {
    await server.stop();
  }
});

test('table() fits the terminal and shows every character', () => {
  const lines = table({ JobStatus: 'SUCCESSFUL', ArtifactS3Uri: `s3://bucket/${'k'.repeat(100)}` }, 80).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.join('').match(/k/g)).toHaveLength(101);
});
