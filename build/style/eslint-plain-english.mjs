import { violations } from './banned-words.mjs';

const TITLED = new Set(['describe', 'test', 'it']);

/** The name that a call starts with: `test` of `test.each(rows)('title', …)`. */
function calledName(node) {
  if (node.type === 'Identifier') return node.name;
  return calledName(node.callee ?? node.object ?? node.tag ?? { type: 'Identifier', name: '' });
}

/** A sentence: a string of one word is a name or a value of an API. */
const isSentence = (text) => /\w \w/.test(text);

/**
 * Reports the words that the style guide bans, in comments, in messages and in the titles of tests. The other strings of a
 * test are data.
 */
export const plainEnglish = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'object', properties: { titlesOnly: { type: 'boolean' } }, additionalProperties: false }],
    defaultOptions: [{ titlesOnly: false }],
    messages: { banned: '"{{word}}": write {{alternative}} (docs/contributing/style.md).' },
  },
  create(context) {
    const { sourceCode, options } = context;
    const report = (text, start, opening) => {
      for (const { word, alternative, offset } of violations(text, { opening })) {
        const loc = sourceCode.getLocFromIndex(start + offset);
        context.report({ loc, messageId: 'banned', data: { word, alternative } });
      }
    };
    const checkTitle = (node) => {
      const [title] = node.arguments;
      if (!TITLED.has(calledName(node)) || title === undefined) return;
      if (title.type === 'Literal' && typeof title.value === 'string') report(title.value, title.range[0] + 1, true);
    };
    const checkText = (node, text) => {
      if (isSentence(text)) report(text, node.range[0] + 1, false);
    };
    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          const text = comment.value.replace(/^\*?[ \t*\n]*/, '');
          report(text, comment.range[0] + 2 + comment.value.length - text.length, true);
        }
      },
      CallExpression: checkTitle,
      ...(!options[0].titlesOnly && {
        Literal: (node) => typeof node.value === 'string' && checkText(node, node.value),
        TemplateElement: (node) => checkText(node, node.value.raw),
      }),
    };
  },
};
