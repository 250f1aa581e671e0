import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtHandler } from '../../../lib/provider/built-handler';

function packageWith(...files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  for (const file of ['package.json', ...files]) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test.each(['lib', 'dist/lib', '.'])('the bundle of a handler is found from %s', (from) => {
  const folder = packageWith('lib/index.ts', 'dist/lib/index.js', 'dist/lambda/on-event/index.js');
  expect(builtHandler('on-event', join(folder, from))).toMatchObject({
    path: join(folder, 'dist', 'lambda', 'on-event'),
  });
});

test('a handler that was not built is an error with the command that builds it', () => {
  const folder = packageWith('dist/lambda/on-event/index.js');
  expect(() => builtHandler('is-complete', folder)).toThrow(
    /The handler 'is-complete' was not found at .*index\.js\. .* run: npm run build/,
  );
});

test('a package without package.json is an error', () => {
  expect(() => builtHandler('on-event', '/')).toThrow(/without its package\.json\. Install the package again\./);
});
