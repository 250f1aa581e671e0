import type { OpenBundle } from '../bundle/inventory-types';
import { bytes, counted } from './printable';
import type { Terminal } from './terminal';

/** A short command shows no progress. */
const FIRST_SHOWN_MS = 500;

const INTERVAL_MS = 100;

/** A line on a terminal that is written again while long work proceeds, and removed after it. */
export class Progress {
  private next = Date.now() + FIRST_SHOWN_MS;
  private isShown = false;

  public constructor(private readonly terminal: Terminal) {}

  public show(text: string): void {
    const now = Date.now();
    if (!this.terminal.showsProgress || now < this.next) return;
    this.next = now + INTERVAL_MS;
    this.isShown = true;
    this.terminal.err(`\r\u001b[2K${text}`);
  }

  public clear(): void {
    if (this.isShown) this.terminal.err('\r\u001b[2K');
    this.isShown = false;
  }
}

/** The bundle, with the progress of the reading of its parts. */
export function withProgress(bundle: OpenBundle, progress: Progress): OpenBundle {
  return {
    ...bundle,
    async *parts() {
      let [count, size] = [0, 0];
      for await (const part of bundle.parts()) {
        count += 1;
        size += part.sizeBytes;
        progress.show(`reading: ${counted(count, 'part')}, ${bytes(size)} …`);
        yield part;
      }
    },
  };
}
