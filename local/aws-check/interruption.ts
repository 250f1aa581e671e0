const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** The terminal and npm both send a Ctrl-C. A second one within this time is the same. */
const SAME_SIGNAL_MS = 1_000;

/** The run was interrupted by the user. */
export class InterruptedError extends Error {}

/** The first signal ends the run after its current step, so that it can destroy what it made. The second one ends the process. */
export class Interruption {
  private signal: keyof typeof EXIT_CODES | undefined;
  private time = 0;

  /** @param onSecond Called before the process ends. */
  public constructor(private readonly onSecond: () => void) {
    for (const signal of Object.keys(EXIT_CODES) as Array<keyof typeof EXIT_CODES>)
      process.on(signal, () => this.receive(signal, Date.now()));
    // The terminal may be closed: what follows has no reader, and still has to run.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  }

  /** Exit code of the signal. Undefined if no signal was received. */
  public get exitCode(): number | undefined {
    return this.signal && EXIT_CODES[this.signal];
  }

  /** @throws InterruptedError after a signal. */
  public throwIfInterrupted(): void {
    if (this.signal) throw new InterruptedError(`interrupted by ${this.signal}`);
  }

  private receive(signal: keyof typeof EXIT_CODES, now: number): void {
    if (this.signal === undefined) {
      this.signal = signal;
      this.time = now;
      console.log(
        `\n${signal}: stopping after the current step, and destroying what was created. A second signal stops at once, and leaves ` +
          'what exists.',
      );
    } else if (now - this.time > SAME_SIGNAL_MS) {
      this.onSecond();
      process.exit(EXIT_CODES[signal]);
    }
  }
}
