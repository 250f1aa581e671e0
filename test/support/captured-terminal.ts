import { createColors } from 'picocolors';
import type { Terminal } from '../../cli/terminal';

/** A terminal whose texts a test reads. */
export class CapturedTerminal implements Terminal {
  public stdout = '';
  public stderr = '';
  public readonly colors;
  public readonly showsProgress;

  public constructor({ colors = false, showsProgress = false } = {}) {
    this.colors = createColors(colors);
    this.showsProgress = showsProgress;
  }

  public readonly out = (text: string): void => {
    this.stdout += text;
  };

  public readonly err = (text: string): void => {
    this.stderr += text;
  };
}
