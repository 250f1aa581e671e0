import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LOCAL } from './evaluate-module';

test('setup.mjs rejects an unknown option', async () => {
  const run = promisify(execFile)(process.execPath, [join(LOCAL, 'setup.mjs'), '--fast']);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stderr: "Unknown option '--fast'. The options are --with-aws-cli and --with-library.\n",
  });
});
