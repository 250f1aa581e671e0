import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LINT_RULES } from '../../bundle/lint/lint-rules';
import { SERVICE_LIMITS } from '../../bundle/lint/service-limits';

const PAGE = readFileSync(join(resolve(__dirname, '../..'), 'docs', 'reference', 'lint-rules.md'), 'utf8');

/** Heading, level and text of each section. */
const SECTIONS = [...PAGE.matchAll(/^### (\S+)\n\n(\w+)\. (.*)/gm)].map(([, id, level, text]) => ({ id, level, text }));

test('each rule has its section, and each section has its rule', () => {
  const headings = [...PAGE.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading as string);
  expect(headings.sort()).toEqual(LINT_RULES.map(({ id }) => id).sort());
});

test('each section has the level of its rule', () => {
  expect(SECTIONS.map(({ id, level }) => [id, level]).sort()).toEqual(
    LINT_RULES.map(({ id, severity }) => [id, severity]).sort(),
  );
});

test('each section explains its rule', () => {
  expect(SECTIONS.filter(({ text = '' }) => text.length < 60)).toEqual([]);
});

test('the table of limits has each limit', () => {
  const row = (limit: number): RegExp => new RegExp(`(?<![\\d,])${limit.toLocaleString('en-US')} `);
  expect(SERVICE_LIMITS.filter(({ max }) => !row(max).test(PAGE))).toEqual([]);
});

test('the section of each rule of one format is below the heading of that format', () => {
  const [both = '', files = '', templates = ''] = PAGE.split(/^## Rules for .*$/m).slice(1);
  for (const { id, format } of LINT_RULES) {
    const chapter = format === undefined ? both : format === 'QUICKSIGHT_JSON' ? files : templates;
    expect(chapter).toContain(`### ${id}\n`);
  }
});
