/** The exit code of a command that ran without an error. */
export interface Outcome {
  exitCode: number;
}
