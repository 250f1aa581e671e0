import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new folder for each test of the enclosing block. It is deleted after the test. */
export class TemporaryFolder {
  private current = '';

  public constructor() {
    beforeEach(async () => {
      this.current = await mkdtemp(join(tmpdir(), 'test-'));
    });
    afterEach(() => rm(this.current, { recursive: true }));
  }

  public get path(): string {
    return this.current;
  }

  /** Writes a file, and returns its path. */
  public async put(file: string, content: string | Buffer): Promise<string> {
    const path = join(this.current, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }
}
