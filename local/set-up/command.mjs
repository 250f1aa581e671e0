import { spawn } from 'node:child_process';

/** An error that the user can fix. Its message is sufficient, without a stack trace. */
export class SetUpError extends Error {}

const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|NewConnectionError|Max retries exceeded|Temporary failure in name resolution|ConnectTimeoutError/;

/** Runs a command. Its output is shown only if it fails. */
export async function run(title, command, args, { cwd, env = process.env } = {}) {
  const { code, text } = await outputOf(command, args, { cwd, env });
  if (code === 0) return;
  if (UNREACHABLE.test(text)) {
    throw new SetUpError(
      `${title} failed because a package registry is not reachable. Check the network and the proxy and registry settings of npm and pip, then try again.`,
    );
  }
  throw new SetUpError(`${title} failed (${[command, ...args].join(' ')}):\n${excerpt(text)}`);
}

/** npm prints the reason first, other tools print it last. */
function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  return (lines.length <= 30 ? lines : [...lines.slice(0, 15), '…', ...lines.slice(-15)]).join('\n');
}

/** Exit code (undefined if the command cannot be started) and output of a command. */
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
