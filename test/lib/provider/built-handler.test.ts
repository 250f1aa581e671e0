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

test.each(['lib', 'dist/lib', '.'])('a handler is found from %s', (from) => {
  const folder = packageWith('lib/index.ts', 'dist/lib/index.js', 'dist/lambda/on-event/index.js');
  expect(builtHandler('on-event', join(folder, from))).toMatchObject({
    path: join(folder, 'dist', 'lambda', 'on-event'),
  });
});

test('a handler that was not built', () => {
  const folder = packageWith('dist/lambda/on-event/index.js');
  expect(() => builtHandler('is-complete', folder)).toThrow(
    /The handler 'is-complete' was not found at .*index\.js\. .* run: npm run build/,
  );
});

test('no package around it', () => {
  expect(() => builtHandler('on-event', '/')).toThrow(/has no package\.json: install it again/);
});
