import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';

/** A step that runs an npm script, or undefined if neither its inputs nor its outputs changed since the last run. */
export function build(title, project, script, { inputs, outputs }) {
  const stamp = join(project, '.local', 'stamps', script.replace(':', '-'));
  const state = () => hashOf([...inputs, ...outputs].map((path) => join(project, path)));
  if (
    outputs.every((path) => existsSync(join(project, path))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === state()
  )
    return undefined;
  const work = async () => {
    await run(title, 'npm', ['run', '--silent', script], { cwd: project });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, state());
  };
  return { title, work };
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => [...filesIn(path)]))
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function* filesIn(path) {
  if (!statSync(path).isDirectory()) return yield path;
  for (const name of readdirSync(path).sort()) yield* filesIn(join(path, name));
}
