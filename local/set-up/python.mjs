import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf, run, SetUpError } from './command.mjs';

const PROBE = 'import sys, venv, ensurepip; print("python %d.%d" % sys.version_info[:2])';
const INSTALL =
  'install Python 3.10 or later (with its venv module: on Debian and Ubuntu, the package python3-venv), or name another one with the environment variable PYTHON';

/** The first Python that is new enough and can make virtual environments; a SetUpError says what there is instead. */
export async function findPython(environment = process.env) {
  const candidates = environment.PYTHON ? [environment.PYTHON] : ['python3', 'python', 'py'];
  const found = [];
  for (const candidate of candidates) {
    const { code, text } = await outputOf(candidate, ['-c', PROBE], { env: environment });
    const [, major, minor] = /^python (\d+)\.(\d+)/m.exec(text) ?? [];
    if (code === 0 && major && (Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 10))) return candidate;
    if (code === 0 && major) found.push(`${candidate} is Python ${major}.${minor}`);
    else if (/No module named '?(venv|ensurepip)/.test(text)) found.push(`${candidate} has no venv module`);
  }
  const seen = found.length > 0 ? found.join(', ') : `no ${candidates.join(', ')} was found`;
  throw new SetUpError(`The local cloud needs Python 3.10 or later, and ${seen}: ${INSTALL}.`);
}

/** Makes a virtual environment with what a requirements file says, unless just that is there. */
export function environment(what, folder, requirements, python) {
  const stamp = join(folder, 'requirements.sha256');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const interpreter = [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].find((path) =>
    existsSync(path),
  );
  if (interpreter && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  return async () => {
    const command = await python();
    await run(what, command, ['-m', 'venv', '--clear', folder]);
    const bin = existsSync(join(folder, 'bin')) ? join(folder, 'bin', 'python') : join(folder, 'Scripts', 'python.exe');
    await run(what, bin, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-input',
      '-r',
      requirements,
    ]);
    writeFileSync(stamp, hash);
  };
}
