import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';

const PROJECT = resolve(__dirname, '../..');

/** A text that a source file builds, with `…` for each value in it. */
interface SourceText {
  readonly file: string;
  readonly text: string;
  /** The class of the error that is created with this text as its message. */
  readonly error?: string;
}

/** The text of a literal, of a template or of their concatenation. Undefined for any other expression. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => placeholder(span.expression) + span.literal.text).join('');
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const operands = [textOf(node.left), textOf(node.right)];
  return operands.every((text) => text === undefined) ? undefined : operands.map((text) => text ?? '…').join('');
}

/** The engine writes the name of its kind of job into its messages. */
const placeholder = (expression: ts.Expression): string =>
  ts.isPropertyAccessExpression(expression) && expression.name.text === 'noun' ? 'export job' : '…';

/** The outermost texts below a node. */
function textsBelow(node: ts.Node): string[] {
  const texts: string[] = [];
  node.forEachChild((child) => {
    const text = textOf(child);
    if (text === undefined) texts.push(...textsBelow(child));
    else texts.push(text);
  });
  return texts;
}

function sourceTexts(file: string): SourceText[] {
  const texts: SourceText[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) texts.push({ file, text });
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const [message] = textsBelow(node).sort((one, other) => other.length - one.length);
      if (message !== undefined) texts.push({ file, text: message, error: node.expression.text });
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(PROJECT, file), 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}

const SOURCES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'lambda', 'lib'], {
  cwd: PROJECT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file.endsWith('.ts'))
  .flatMap(sourceTexts);

const [, section = ''] = /^## Messages\n([\s\S]*?)^## /m.exec(
  readFileSync(join(PROJECT, 'docs', 'guides', 'troubleshooting.md'), 'utf8'),
) as RegExpExecArray;
const DOCUMENTED = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message]) => message as string);

test('each message of the troubleshooting page is in the sources', () => {
  expect(DOCUMENTED.length).toBeGreaterThan(40);
  expect(DOCUMENTED.filter((message) => !SOURCES.some(({ text }) => text.includes(message)))).toEqual([]);
});

test('each message that ends or delays a request is on the troubleshooting page', () => {
  const shown = SOURCES.filter(
    ({ file, error = '' }) =>
      /^(TerminalError|RetryableError|LimitExceededError|BucketNotFoundError)$/.test(error) ||
      (error === 'Error' && /^lib\//.test(file)),
  );
  expect(shown.length).toBeGreaterThan(30);
  expect(shown.filter(({ text }) => !DOCUMENTED.some((message) => text.includes(message)))).toEqual([]);
});

test('each row of the troubleshooting page starts with one message', () => {
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  expect(DOCUMENTED).toHaveLength(rows.length - 2);
  expect(new Set(DOCUMENTED).size).toBe(DOCUMENTED.length);
});
