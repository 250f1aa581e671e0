import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

// Few and short retries: an unreachable registry is reported within a minute.
const FLAGS = [
  '--no-fund',
  '--no-audit',
  '--loglevel=error',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=10000',
];

/** A step that installs the packages in a folder's package-lock.json, or undefined if they are installed. */
export function npmCi(title, folder) {
  if (isInstalled(folder)) return undefined;
  return { title, work: () => run(title, 'npm', ['ci', ...FLAGS], { cwd: folder }) };
}

/** npm writes the list of installed packages last, after the packages themselves. */
function isInstalled(folder) {
  const list = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const [locked, installed] = [join(folder, 'package-lock.json'), list].map(
    (file) => JSON.parse(readFileSync(file, 'utf8')).packages,
  );
  delete locked[''];
  const same = (name) =>
    locked[name]?.version === installed[name]?.version && locked[name]?.integrity === installed[name]?.integrity;
  // npm omits the optional packages of other platforms.
  return (
    Object.keys(installed).every(same) &&
    Object.keys(locked).every((name) => same(name) || (locked[name].optional && !installed[name]))
  );
}
