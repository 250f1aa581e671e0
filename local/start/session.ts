const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const PARENT_CHECK_MS = 250;

/** What `npm start` started, to be stopped in the end: when all is done, on a signal, or when npm is gone. */
export class Session {
  /** When the person or the system wants an end. */
  public readonly ended: Promise<void>;
  private endNow: () => void = () => {};
  private readonly stops: Array<() => Promise<void>> = [];
  private stopped: Promise<void> | undefined;
  private interrupted = false;

  public constructor() {
    this.ended = new Promise((resolve) => (this.endNow = resolve));
    for (const [signal, exitCode] of Object.entries(SIGNALS))
      process.on(signal, () => this.end(`Stopping after ${signal} …`, exitCode));
    // A shell between npm and this process does not hand on every signal, and npm itself may be killed.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && this.end('Stopping: npm is gone …', 1), PARENT_CHECK_MS).unref();
  }

  /** Whether the end came before the work was done. */
  public get stopping(): boolean {
    return this.interrupted;
  }

  public stopLater(stop: () => Promise<void>): void {
    this.stops.unshift(stop);
    // It came up while everything was going down.
    if (this.stopped) void stop();
  }

  /** Does the work, or as much of it as there is time for. */
  public async run(work: () => Promise<void>): Promise<void> {
    await Promise.race([work(), this.ended]);
  }

  public stop(): Promise<void> {
    this.stopped ??= Promise.allSettled(this.stops.map((stop) => stop())).then(() => undefined);
    return this.stopped;
  }

  private end(message: string, exitCode: number): void {
    if (this.interrupted) return;
    this.interrupted = true;
    console.log(`\n${message}`);
    this.endNow();
    // What is still under way has nothing left to work with.
    void this.stop().then(() => process.exit(exitCode));
  }
}
