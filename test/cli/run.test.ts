import { version } from '../../package.json';
import { TemporaryFolder } from '../../testing/temporary-folder';
import { zipOf } from '../../testing/zip';
import { runCommand } from '../support/run-command';

const folder = new TemporaryFolder();

const COMMANDS = ['inspect', 'lint', 'diff', 'unpack', 'pack', 'overrides'];

test('the version is that of the package', async () => {
  expect(await runCommand('--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('the help lists the commands', async () => {
  const { exitCode, stdout, stderr } = await runCommand('--help');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test.each(COMMANDS)('%s has a help with its arguments and options', async (command) => {
  const { exitCode, stdout, stderr } = await runCommand(command, '--help');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: cdk-quicksight-asset-bundle ${command} \\[options\\] <`));
  expect(stdout).toContain('Arguments:');
  expect(stdout).toContain('--json');
});

test('a command line without a command shows the help as an error', async () => {
  const { exitCode, stdout, stderr } = await runCommand();
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('Usage: cdk-quicksight-asset-bundle');
});

test.each([
  [['lin', 'a.qs'], "error: unknown command 'lin' (Did you mean lint?)\n"],
  [['inspect'], "error: missing required argument 'bundle'\n"],
  [['inspect', 'a', 'b'], "error: too many arguments for 'inspect'. Expected 1 argument but got 2.\n"],
  [['inspect', '--xml', 'a'], "error: unknown option '--xml'\n"],
  [['inspect', '/absent/a.qs'], 'error: /absent/a.qs: no such file or directory\n'],
  [
    ['inspect', 's3://bucket'],
    'error: s3://bucket is not the location of an object: write s3://bucket/key[?versionId=...]\n',
  ],
])('%j is an error of one line with exit code 2', async (args, message) => {
  expect(await runCommand(...args)).toEqual({ exitCode: 2, stdout: '', stderr: message });
});

test.each(['inspect', 'lint', 'overrides'])('%s reports a damaged bundle with its path', async (command) => {
  const path = await folder.put('a.qs', (await zipOf({ 'theme/a.json': '{}' })).subarray(0, -4));
  const { exitCode, stdout, stderr } = await runCommand(command, path);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^error: .+\/a\.qs: .+\n$/);
});
