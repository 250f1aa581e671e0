import { Command, Option } from 'commander';
import { type Finding, SEVERITIES, type Severity } from '../../bundle/lint/finding';
import { lintBundle } from '../../bundle/lint/lint-bundle';
import { jsonOutput } from '../json-output';
import type { Outcome } from '../outcome';
import { counted, printable } from '../printable';
import type { Terminal } from '../terminal';
import { withBundle } from '../with-bundle';
import { BUNDLE_ARGUMENT, JSON_OPTION } from './bundle-argument';

/** Exit code when a finding is more severe than the limit. */
const FAILED = 1;

type MaxSeverity = Severity | 'none';

export function lintCommand(terminal: Terminal, outcome: Outcome): Command {
  return new Command('lint')
    .description('report what prevents or complicates the import of a bundle')
    .argument(...BUNDLE_ARGUMENT)
    .option(...JSON_OPTION)
    .addOption(
      new Option('--max-severity <severity>', 'the most severe finding that passes')
        .choices(['none', ...[...SEVERITIES].reverse()])
        .default('warning'),
    )
    .addHelpText('after', '\nExit code: 0 if all findings pass, 1 if one does not, 2 after an error.')
    .action((location: string, { json, maxSeverity }: { json?: boolean; maxSeverity: MaxSeverity }) =>
      withBundle(terminal, location, async (bundle) => {
        const findings = await lintBundle(bundle);
        terminal.out(json ? jsonOutput({ findings }) : report(terminal, findings));
        if (findings.some(({ severity }) => isAbove(severity, maxSeverity))) outcome.exitCode = FAILED;
      }),
    );
}

const isAbove = (severity: Severity, limit: MaxSeverity): boolean =>
  limit === 'none' || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(limit);

function report(terminal: Terminal, findings: readonly Finding[]): string {
  const count = (one: Severity) => findings.filter(({ severity }) => severity === one).length;
  const counts = [counted(count('error'), 'error'), counted(count('warning'), 'warning'), `${count('info')} info`];
  return [...findings.map((finding) => findingText(terminal, finding)), `${counts.join(', ')}\n`].join('\n');
}

function findingText({ colors }: Terminal, { ruleId, severity, asset, path, message, remedy }: Finding): string {
  const color = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  const place = [asset ?? 'bundle', path].filter((part) => part !== undefined && part !== '').join(' ');
  return [
    `${color(severity)}  ${colors.bold(printable(ruleId))}  ${printable(place)}`,
    `  ${printable(message)}`,
    `  ${printable(remedy)}`,
    '',
  ].join('\n');
}
