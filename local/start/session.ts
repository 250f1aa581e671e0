const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const PARENT_CHECK_INTERVAL_MS = 250;

/** Stops everything that `npm start` started: when the work is done, on a signal, or when npm has exited. */
export class Session {
  /** Resolves on a signal, or when npm has exited. */
  public readonly ended: Promise<void>;
  private endNow: () => void = () => {};
  private readonly stops: Array<() => Promise<void>> = [];
  private stopped: Promise<void> | undefined;
  private interrupted = false;

  public constructor() {
    this.ended = new Promise((resolve) => (this.endNow = resolve));
    for (const [signal, exitCode] of Object.entries(SIGNALS))
      process.on(signal, () => this.end(`Stopping after ${signal} …`, exitCode));
    // A shell between npm and this process does not forward every signal, and npm itself may be killed.
    const parent = process.ppid;
    setInterval(
      () => process.ppid !== parent && this.end('Stopping because npm has exited …', 1),
      PARENT_CHECK_INTERVAL_MS,
    ).unref();
  }

  /** True after an interruption. */
  public get stopping(): boolean {
    return this.interrupted;
  }

  public stopLater(stop: () => Promise<void>): void {
    this.stops.unshift(stop);
    // It started while everything was being stopped.
    if (this.stopped) void stop();
  }

  /** Runs the work until it is done or the session is interrupted. */
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
    // Do not wait for unfinished work: its services are stopped.
    void this.stop().then(() => process.exit(exitCode));
  }
}
