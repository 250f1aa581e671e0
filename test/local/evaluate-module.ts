import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

export const LOCAL = resolve(__dirname, '../../local');

/** The value of an expression over the ES module `m` in local/, or the message of its error. Node.js runs it without Jest. */
export async function evaluate(module: string, expression: string, env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const url = pathToFileURL(join(LOCAL, module)).href;
  const code = `const m = await import(${JSON.stringify(url)}); try { console.log(JSON.stringify((await (${expression})) ?? null)); } catch (e) { console.log(JSON.stringify(e.message)); }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], { env });
  return JSON.parse(stdout);
}
