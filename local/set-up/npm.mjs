import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';

// Few and short retries: a registry that cannot be reached is said within a minute.
const FLAGS = [
  '--no-fund',
  '--no-audit',
  '--loglevel=error',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=10000',
];

/** Installs what a folder's package-lock.json says, unless just that is there. */
export function npmCi(what, folder) {
  if (isInstalled(folder)) return undefined;
  return () => run(what, 'npm', ['ci', ...FLAGS], { cwd: folder });
}

/** npm writes this list of what is there when it has put everything there. */
function isInstalled(folder) {
  const list = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const [wanted, found] = [join(folder, 'package-lock.json'), list].map(
    (file) => JSON.parse(readFileSync(file, 'utf8')).packages,
  );
  delete wanted[''];
  const same = (name) =>
    wanted[name]?.version === found[name]?.version && wanted[name]?.integrity === found[name]?.integrity;
  // Optional packages of other platforms are left out.
  return (
    Object.keys(found).every(same) &&
    Object.keys(wanted).every((name) => same(name) || (wanted[name].optional && !found[name]))
  );
}
