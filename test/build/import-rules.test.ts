import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');
const CONFIG = join(PROJECT, '.dependency-cruiser.cjs');

/** For each rule, the folder of a file and an import of it that breaks the rule. */
const VIOLATIONS: Record<string, readonly [folder: string, imported: string]> = {
  'no-cycles': ['bundle', 'bundle/other.ts'],
  'contract-imports-nothing': ['lib/contract', 'lib/assets/a.ts'],
  'lib-layers': ['lib/provider', 'lib/export/a.ts'],
  'lib-alone': ['lib/export', 'lambda/core/a.ts'],
  'lib-dependencies': ['lib/export', 'node_modules/zod/index.ts'],
  'bundle-alone': ['bundle', 'lambda/core/a.ts'],
  'bundle-without-aws': ['bundle', 'node_modules/@aws-sdk/client-s3/index.ts'],
  'core-is-lowest': ['lambda/core', 'lambda/aws/a.ts'],
  'aws-layer': ['lambda/aws', 'lambda/lifecycle/a.ts'],
  'lifecycle-layer': ['lambda/lifecycle', 'lambda/aws/a.ts'],
  'lifecycle-without-aws': ['lambda/lifecycle', 'node_modules/@aws-sdk/client-s3/index.ts'],
  'lambda-layer': ['lambda/export', 'lib/export/a.ts'],
  'lambda-without-cdk': ['lambda/export', 'node_modules/aws-cdk-lib/index.ts'],
  'export-without-import': ['lambda/export', 'lambda/import/a.ts'],
  'import-without-export': ['lib/import', 'lib/export/a.ts'],
  'cli-layer': ['cli', 'lambda/core/a.ts'],
  'bin-uses-the-public-api': ['bin/sample', 'lib/export/a.ts'],
  'local-is-an-oracle': ['local', 'lambda/core/a.ts'],
  'aws-check-is-not-local': ['local/aws-check', 'local/cloud/ministack.ts'],
  'bench-without-test': ['bench', 'test/a.ts'],
  'testing-without-test': ['testing', 'test/a.ts'],
};

interface Cruise {
  readonly summary: {
    readonly violations: ReadonlyArray<{ readonly from: string; readonly rule: { readonly name: string } }>;
  };
}

/** The import that keeps every rule. */
const ALLOWED = ['lambda/export/allowed.ts', 'lambda/core/a.ts'] as const;

/** The names of the rules that each file of a project breaks. */
function brokenRules(): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  const importOf = (file: string, target: string) =>
    target.startsWith('node_modules/') ? target.slice('node_modules/'.length) : `./${relative(dirname(file), target)}`;
  try {
    const imports = Object.entries(VIOLATIONS).map(([rule, [from, to]]) => [`${from}/${rule}.ts`, to] as const);
    for (const [, to] of [...imports, ALLOWED]) write(to, 'export {};');
    for (const [from, to] of [...imports, ALLOWED]) write(from, `import '${importOf(from, to).replace('.ts', '')}';`);
    write('bundle/other.ts', "import './no-cycles';");
    write('tsconfig.json', '{}');
    const cruiser = join(PROJECT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const folders = [...new Set(imports.map(([from]) => from.split('/')[0] as string))];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [cruiser, '--config', CONFIG, '--output-type', 'json', ...folders],
      { cwd: folder, encoding: 'utf8' },
    );
    if (stderr !== '') throw new Error(stderr);
    const broken = new Map<string, string[]>();
    for (const { from, rule } of (JSON.parse(stdout) as Cruise).summary.violations) {
      broken.set(from, [...(broken.get(from) ?? []), rule.name]);
    }
    return broken;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const broken = brokenRules();

test('the violations cover every rule', () => {
  const { forbidden } = jest.requireActual<{ forbidden: Array<{ name: string }> }>(CONFIG);
  expect(Object.keys(VIOLATIONS)).toEqual(forbidden.map(({ name }) => name));
});

test.each(Object.entries(VIOLATIONS))('%s refuses its violation', (rule, [folder]) => {
  expect(broken.get(`${folder}/${rule}.ts`)).toContain(rule);
});

test('an import that follows the layout breaks no rule', () => {
  expect(broken.get(ALLOWED[0])).toBeUndefined();
});
