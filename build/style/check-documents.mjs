// Reports the words that the style guide bans in the documents: `npm run check:style`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { violations } from './banned-words.mjs';

const EXCEPT = new Set(['docs/contributing/style.md']);

/** Blanks code, links and quotations of other systems, so that the lines keep their numbers. */
const prose = (markdown) =>
  markdown.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]*`|\]\([^)\n]*\)|“[^”\n]*”/g, blank);
const blank = (text) => text.replace(/[^\n]/g, ' ');

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !EXCEPT.has(file));

const found = files.flatMap((file) =>
  prose(readFileSync(file, 'utf8'))
    .split('\n')
    .flatMap((line, index) =>
      violations(line.replace(/^[#>|*\- ]+/, ''), { opening: true }).map(
        ({ word, alternative }) => `${file}:${index + 1}  "${word}": write ${alternative}`,
      ),
    ),
);
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
