import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildCommandLine } from '../../../build/command-line';
import { accountOf } from '../../../local/start/account';
import { CommandLine } from '../../../local/start/command-line';
import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';

jest.setTimeout(60_000);

const folder = new TemporaryFolder();
let program: string;
let commandLine: CommandLine;
beforeEach(async () => {
  program = join(folder.path, 'cli', 'main.js');
  await buildCommandLine(join(folder.path, 'cli'));
  commandLine = new CommandLine(program);
});

const THEME = '{"resourceType":"theme","themeId":"sales","name":"Sales"}';

test('an unpacked folder is an account with the assets of its files', async () => {
  const bundle = join(folder.path, 'unpacked');
  await folder.put('unpacked/theme/sales.json', THEME);
  const { assets, catalog } = await accountOf({ format: 'QUICKSIGHT_JSON', keep: false, bundle }, commandLine);
  expect(assets).toEqual(['theme/sales']);
  expect(catalog.get('theme/sales')?.definition).toEqual(JSON.parse(THEME));
});

test('a folder that is not a bundle is refused in one sentence', async () => {
  await folder.put('other/theme/sales.json', 'not JSON');
  const refusal = commandLine.packed(join(folder.path, 'other'), () => Promise.resolve());
  await expect(refusal).rejects.toThrow(/^[^\n]*theme\/sales\.json: not JSON[^\n]*$/);
});

test('report() prints the inventory and the findings', async () => {
  const bundle = await folder.put('a.qs', await zipOf({ 'theme/sales.json': THEME }));
  const module = join(__dirname, '..', '..', '..', 'local', 'start', 'command-line.ts');
  const script = `new (require(${JSON.stringify(module)}).CommandLine)(${JSON.stringify(program)}).report(${JSON.stringify(bundle)})`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '--eval', script]);
  expect(stdout).toMatch(/^Format +QUICKSIGHT_JSON$[^]*^theme +sales +Sales/m);
  expect(stdout).toMatch(/^Findings of the lint:$[^]*^0 errors, 0 warnings, 0 info$/m);
});
