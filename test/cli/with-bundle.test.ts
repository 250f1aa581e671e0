import { CommandError } from '../../cli/command-error';
import { withBundle } from '../../cli/with-bundle';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zipOf } from '../../testing/zip';
import { CapturedTerminal } from '../support/captured-terminal';

const folder = new TemporaryFolder();

const pathsIn = (location: string): Promise<string[]> =>
  withBundle(new CapturedTerminal(), location, async (bundle) => {
    const paths: string[] = [];
    for await (const { path } of bundle.parts()) paths.push(path);
    return paths;
  });

test('a bundle is a .qs file, an unpacked folder or a template, whatever its name', async () => {
  expect(await pathsIn(await folder.put('a', await zipOf({ 'theme/t.json': '{}' })))).toEqual(['theme/t.json']);
  await folder.put('unpacked/theme/t.json', '{}');
  expect(await pathsIn(`${folder.path}/unpacked`)).toEqual(['theme/t.json']);
  const template = JSON.stringify({ Resources: { T: { Type: 'AWS::QuickSight::Theme' } } });
  expect(await pathsIn(await folder.put('b.qs', template))).toContain('Resources/T');
});

test('a damaged bundle is reported with its location', async () => {
  const path = await folder.put('damaged.qs', 'x');
  await expect(pathsIn(path)).rejects.toThrow(CommandError);
  await expect(pathsIn(path)).rejects.toThrow(`${path}: the file is neither a zip nor JSON`);
});

test('an error of the work remains as it is', async () => {
  const path = await folder.put('a.qs', await zipOf({ 'theme/t.json': '{}' }));
  const error = new Error('on demand');
  const work = withBundle(new CapturedTerminal(), path, () => Promise.reject(error));
  await expect(work).rejects.toBe(error);
});
