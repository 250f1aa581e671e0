import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf, run, SetUpError } from './command.mjs';

const PROBE = 'import sys, venv, ensurepip; print("python %d.%d" % sys.version_info[:2])';
const REMEDY =
  'Install Python 3.10 or later (on Debian and Ubuntu also the package python3-venv), or set the environment variable PYTHON to another Python.';

/** The first Python that is new enough and has the venv module. @throws SetUpError with the Pythons that do not qualify. */
export async function findPython(environment = process.env) {
  const candidates = environment.PYTHON ? [environment.PYTHON] : ['python3', 'python', 'py'];
  const rejected = [];
  for (const candidate of candidates) {
    const { code, text } = await outputOf(candidate, ['-c', PROBE], { env: environment });
    const [, major, minor] = /^python (\d+)\.(\d+)/m.exec(text) ?? [];
    if (code === 0 && major && (Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 10))) return candidate;
    if (code === 0 && major) rejected.push(`${candidate} is Python ${major}.${minor}`);
    else if (/No module named '?(venv|ensurepip)/.test(text)) rejected.push(`${candidate} has no venv module`);
  }
  const reason = rejected.length > 0 ? rejected.join(', ') : `none was found (tried ${candidates.join(', ')})`;
  throw new SetUpError(`The local cloud requires Python 3.10 or later, but ${reason}. ${REMEDY}`);
}

/** A step that creates a virtual environment with the packages of a requirements file, or undefined if it exists. */
export function virtualEnvironment(title, folder, requirements, python) {
  const stamp = join(folder, 'requirements.sha256');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const interpreter = [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].find((path) =>
    existsSync(path),
  );
  if (interpreter && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return undefined;
  const work = async () => {
    const command = await python();
    await run(title, command, ['-m', 'venv', '--clear', folder]);
    const bin = existsSync(join(folder, 'bin')) ? join(folder, 'bin', 'python') : join(folder, 'Scripts', 'python.exe');
    await run(title, bin, [
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
  return { title, work };
}
