/** One measurement: what is measured, against which peers, and what it is to reach. */
export interface Measurement {
  /** `P1` and so on, as the table of goals has it. */
  readonly id: string;
  readonly title: string;
  /** How the figures come about, for whoever reads the table: a paragraph or two of Markdown. */
  readonly method: string;
  /** Measures ours and its peers in turn, in the same run; `progress` takes a line for the person who waits. */
  measure(progress: (line: string) => void): Promise<Measured>;
}

export interface Measured {
  readonly table: Table;
  /** Each goal with the figure that was reached. */
  readonly goals: readonly Goal[];
  /** Every single number that was measured, before any was summed up. */
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

/** How a figure grows. */
export interface Plot {
  /** Of the file, without extension. */
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

/** A measurement as it is kept in `bench/results/`. */
export interface Kept extends Measured, Pick<Measurement, 'id' | 'title' | 'method'> {
  readonly measuredAt: string;
  readonly machine: string;
}
