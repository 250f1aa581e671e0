import { redactLinks } from './redaction';

/** An observation that could not be made, with the reason. */
export interface NotReported {
  readonly notReported: string;
}

export type Observation<T> = T | NotReported;

export const isReported = <T extends object>(observation: Observation<T>): observation is T =>
  !('notReported' in observation);

/** An observation is a part of the report, and not a check: its failure does not end the run. */
export async function observe<T extends object>(work: () => Promise<T>): Promise<Observation<T>> {
  try {
    return await work();
  } catch (error) {
    const { name, message } = error as Error;
    return { notReported: redactLinks(name === 'Error' ? message : `${name}: ${message}`) };
  }
}
