/** A measurement of this project and its peers, with goals. */
export interface Measurement {
  /** `P1` to `P8`. A letter follows for a measurement of the same figure under other conditions: `P1b`. */
  readonly id: string;
  readonly title: string;
  /** The method, in one or two paragraphs of Markdown for readers of the table. */
  readonly method: string;
  /** The reason why this machine cannot measure it, with the remedy. Undefined: it can. Default: it can. */
  unavailable?(): string | undefined;
  /** Measures ours and its peers in turn, in the same run. `progress` receives a line for the terminal. */
  measure(progress: (line: string) => void): Promise<Measured>;
}

export interface Measured {
  readonly table: Table;
  /** Each goal with the figure that was reached. */
  readonly goals: readonly Goal[];
  /** Each single figure that was measured. */
  readonly raw: unknown;
  readonly plots?: readonly Plot[];
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<ReadonlyArray<string | number>>;
}

export interface Goal {
  readonly goal: string;
  readonly reached: string;
  readonly met: boolean;
}

/** The growth of a figure. */
export interface Plot {
  /** Name of the file without its extension. */
  readonly name: string;
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly points: ReadonlyArray<{ readonly series: string; readonly x: number; readonly y: number }>;
}

export interface Axis {
  readonly label: string;
  /** Default: linear. */
  readonly scale?: 'linear' | 'log';
}

/** The last result of a measurement, as stored in `bench/results/`. */
export interface Result extends Measured {
  readonly id: string;
  readonly measuredAt: string;
  readonly machine: string;
}
