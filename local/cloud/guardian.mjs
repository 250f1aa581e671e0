// Runs a command in its own process group. Kills the group when standard input closes: on purpose, or because the parent
// process ended, even by `kill -9`. Then deletes the folder, if any.
//   node guardian.mjs FOLDER|- COMMAND [ARGUMENT…]
import { spawn } from 'node:child_process';
import { rmSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const GROUP_FD = 3;
const [folder, command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

/** Returns true if the group still had a process. Processes may need a moment to end after the signal. */
function killGroup() {
  try {
    process.kill(-child.pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

async function end(code) {
  if (ending) return;
  ending = true;
  for (let tries = 0; child.pid && killGroup() && tries < 30; tries += 1) await sleep(10);
  if (folder !== '-') rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}

child.once('error', (error) => {
  writeSync(2, `${command}: ${error.message}\n`);
  void end(1);
});
child.once('exit', (code) => void end(code ?? 1));
process.stdin
  .resume()
  .once('close', () => void end(1))
  .once('error', () => void end(1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(1));

// The parent process kills the group if the guardian is killed first.
if (child.pid) writeSync(GROUP_FD, String(child.pid));
