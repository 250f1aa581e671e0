import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../cloud';

const PROGRAM = join(PROJECT, 'dist', 'cli', 'main.js');

/** The command line of the package as its users run it: in a process of its own, because the stand-in is independent of it. */
export class CommandLine {
  public constructor(private readonly program: string = PROGRAM) {}

  /** Prints the inventory and the findings of a bundle. A bundle that cannot be read is reported by the command itself. */
  public async report(bundle: string): Promise<void> {
    await this.run('inherit', 'inspect', bundle);
    console.log('\nFindings of the lint:\n');
    await this.run('inherit', 'lint', bundle);
  }

  /**
   * Passes a bundle file made of an unpacked folder to `use`, and removes it.
   *
   * @throws Error with the message of the command if the folder is not a bundle.
   */
  public async packed<T>(folder: string, use: (file: string) => Promise<T>): Promise<T> {
    const temporary = await mkdtemp(join(tmpdir(), 'quicksight-asset-bundle-'));
    try {
      const file = join(temporary, 'bundle.qs');
      const { code, errors } = await this.run('pipe', 'pack', folder, file);
      if (code !== 0) throw new Error(errors.replace(/^error: /, '').trimEnd());
      return await use(file);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  private run(output: 'inherit' | 'pipe', ...args: string[]): Promise<{ code: number | null; errors: string }> {
    return new Promise((resolve, reject) => {
      let errors = '';
      const child = spawn(process.execPath, [this.program, ...args], { stdio: ['ignore', output, output] });
      child.stdout?.resume();
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
      child.once('error', reject).once('close', (code) => resolve({ code, errors }));
    });
  }
}
