import { spawn } from 'node:child_process';

/** A mistake or a lack that the person at the keyboard can mend: the message is all there is to say. */
export class SetUpError extends Error {}

const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|NewConnectionError|Max retries exceeded|Temporary failure in name resolution|ConnectTimeoutError/;

/** Runs a command in silence; what it printed is shown only if it fails. */
export async function run(what, command, args, { cwd, env = process.env } = {}) {
  const { code, text } = await outputOf(command, args, { cwd, env });
  if (code === 0) return;
  if (UNREACHABLE.test(text)) {
    throw new SetUpError(
      `${what} failed, as a package registry could not be reached: check the network and the proxy or registry settings of npm and pip, then run this again.`,
    );
  }
  throw new SetUpError(`${what} failed (${[command, ...args].join(' ')}):\n${endsOf(text)}`);
}

/** npm says first what is wrong, others last. */
function endsOf(text) {
  const lines = text.trimEnd().split('\n');
  return (lines.length <= 30 ? lines : [...lines.slice(0, 15), '…', ...lines.slice(-15)]).join('\n');
}

/** A command's exit code (undefined when it cannot be started) and all that it printed. */
export function outputOf(command, args, options = {}) {
  return new Promise((resolve) => {
    let text = '';
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.once('error', (error) => resolve({ code: undefined, text: error.message }));
    child.once('close', (code) => resolve({ code, text }));
  });
}
