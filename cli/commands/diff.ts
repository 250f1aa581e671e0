import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { diffBundles } from '../../bundle/diff/diff-bundles';
import { htmlReport } from '../../bundle/diff/html-report';
import { markdownReport } from '../../bundle/diff/markdown-report';
import { terminalReport } from '../../bundle/diff/terminal-report';
import { jsonOutput } from '../json-output';
import type { Outcome } from '../outcome';
import type { Terminal } from '../terminal';
import { withBundle } from '../with-bundle';
import { BUNDLE_ARGUMENT, JSON_OPTION } from './bundle-argument';

const DIFFERENT = 1;

/** Also the exit code of an error: a pipeline that accepts a difference does not accept either. */
const DESTRUCTIVE = 2;

interface Options {
  readonly json?: boolean;
  readonly markdown?: string;
  readonly html?: string;
}

export function diffCommand(terminal: Terminal, outcome: Outcome): Command {
  const { bold, red, green, yellow, dim } = terminal.colors;
  const style = { heading: bold, destructive: red, added: green, removed: red, changed: yellow, dim };
  return new Command('diff')
    .description('compare two bundles, and call out what can break other assets')
    .argument('<before>', BUNDLE_ARGUMENT[1])
    .argument('<after>', 'another one')
    .option(...JSON_OPTION)
    .option('--markdown <file>', 'write the difference to a file, for a comment of a pull request')
    .option('--html <file>', 'write the difference to a file, as a page for a reviewer')
    .addHelpText(
      'after',
      '\nExit code: 0 if nothing differs, 1 if something does, 2 if a change is destructive or after an error.',
    )
    .action((before: string, after: string, { json, markdown, html }: Options) =>
      withBundle(terminal, before, (earlier) =>
        withBundle(terminal, after, async (later) => {
          const diff = await diffBundles(earlier, later);
          if (markdown !== undefined) await writeFile(markdown, markdownReport(diff));
          if (html !== undefined) await writeFile(html, htmlReport(diff));
          terminal.out(json ? jsonOutput(diff) : terminalReport(diff, style));
          if (!diff.same) outcome.exitCode = diff.destructive.length > 0 ? DESTRUCTIVE : DIFFERENT;
        }),
      ),
    );
}
