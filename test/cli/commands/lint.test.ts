import { TemporaryFolder } from '../../../testing/temporary-folder';
import { zipOf } from '../../../testing/zip';
import { checkedJson, runCommand } from '../../support/run-command';
import { sampleBundle } from '../../support/sample-bundle';

const folder = new TemporaryFolder();

/** An asset bundle cannot contain an Adobe Analytics data source (user guide). */
const ERROR = { resourceType: 'datasource', dataSourceId: 'd', name: 'Clicks \u001b[31m', type: 'ADOBE_ANALYTICS' };

const withError = async () => folder.put('a.qs', await zipOf({ 'datasource/d.json': JSON.stringify(ERROR) }));

test('the JSON has the published form, and a finding of severity error has exit code 1', async () => {
  const { exitCode, stdout, stderr } = await runCommand('lint', '--json', await withError());
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(checkedJson('lint', stdout)).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ severity: 'error', asset: 'datasource/d' })]),
  });
});

test('the report has the rule, the asset, the message and the remedy of each finding, and the counts', async () => {
  const { stdout } = await runCommand('lint', await withError());
  expect(stdout).toMatch(/^error {2}[\w-]+ {2}datasource\/d( \/\S*)?\n {2}\S.+\n {2}\S.+\n/m);
  expect(stdout).toMatch(/\n[1-9]\d* errors?, \d+ warnings?, \d+ info\n$/);
  expect(stdout).not.toContain('\u001b');
});

test('--max-severity moves the limit of the exit code', async () => {
  const exitCode = async (path: string, ...options: string[]) => (await runCommand('lint', ...options, path)).exitCode;
  const error = await withError();
  const info = await folder.put('info.qs', await sampleBundle());
  const { findings } = checkedJson('lint', (await runCommand('lint', '--json', info)).stdout) as {
    findings: Array<{ severity: string }>;
  };
  expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['info']));
  expect(await exitCode(error, '--max-severity', 'error')).toBe(0);
  expect(await exitCode(error, '--max-severity', 'warning')).toBe(1);
  expect(await exitCode(info)).toBe(0);
  expect(await exitCode(info, '--max-severity', 'info')).toBe(0);
  expect(await exitCode(info, '--max-severity', 'none')).toBe(1);
  expect(await runCommand('lint', info, '--max-severity', 'fatal')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^error: option '--max-severity <severity>' argument 'fatal' is invalid\. .+\n$/),
  });
});
