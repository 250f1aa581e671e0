import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';

/**
 * Runs an npm script, unless it ran with the same inputs and what it made is unchanged since. jsii's banner is silenced: it
 * calls Node.js 20 unsupported, which it runs on.
 */
export function build(what, project, script, { inputs, outputs }) {
  const stamp = join(project, '.local', 'stamps', script.replace(':', '-'));
  const state = () => hashOf([...inputs, ...outputs].map((path) => join(project, path)));
  if (
    outputs.every((path) => existsSync(join(project, path))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === state()
  )
    return undefined;
  return async () => {
    const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
    await run(what, 'npm', ['run', '--silent', script], { cwd: project, env });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, state());
  };
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
