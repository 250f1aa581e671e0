import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');

const FOLDERS = 'bench|bin|build|bundle|cli|docs|lambda|lib|local|test|testing';

const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: PROJECT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(PROJECT, file)));

/** Paths in code spans that start with a folder of the repository, without patterns and placeholders. */
function namedPaths(text: string): string[] {
  const spans = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[^\`\\s*{}…<>]*)\``, 'g'))].map(
    ([, path]) => path as string,
  );
  return spans.map((path) => path.replace(/[:#].*$/, ''));
}

const linkTargets = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target as string)
    .filter((target) => !/^[a-z]+:/.test(target));

const anchors = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      (title as string)
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    ),
  );

test.each(documents)('the paths that %s names exist', (document) => {
  const text = readFileSync(join(PROJECT, document), 'utf8');
  const missing = [
    ...namedPaths(text).filter((path) => !existsSync(join(PROJECT, path))),
    ...linkTargets(text).filter((target) => !existsSync(resolve(PROJECT, dirname(document), target))),
  ];
  expect(missing).toEqual([]);
});

test.each(documents)('the links of %s to headings have their heading', (document) => {
  const text = readFileSync(join(PROJECT, document), 'utf8');
  const broken = [...text.matchAll(/\]\(([^)\s#]*)#([^)]+)\)/g)].filter(([, file = '', heading = '']) => {
    if (/^[a-z]+:/.test(file)) return false;
    const target = file === '' ? text : readFileSync(resolve(PROJECT, dirname(document), file), 'utf8');
    return !anchors(target).has(heading);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

test('the npm scripts that documents name exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: object };
  const named = documents.flatMap((document) =>
    [...readFileSync(join(PROJECT, document), 'utf8').matchAll(/npm run ([a-z0-9:-]+)/g)].map(
      ([, name]) => name as string,
    ),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
