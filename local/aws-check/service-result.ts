import { setTimeout as sleep } from 'node:timers/promises';

/** An error of a service, as its client reports it. */
export interface ServiceError {
  readonly name: string;
  readonly httpStatus?: number;
  readonly message: string;
}

export const httpStatusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

export type ServiceResult<T> = { readonly value: T } | { readonly error: ServiceError };

export async function resultOf<T>(call: () => Promise<T>): Promise<ServiceResult<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { name, httpStatus: httpStatusOf(error), message } };
  }
}

const PROPAGATION_MS = 60_000;
const POLL_INTERVAL_MS = 5_000;

/** Repeats a call while a new role or policy is not in force. @param isTransient Selects the errors that pass. */
export async function afterPropagation<T>(
  call: () => Promise<T>,
  isTransient: (error: ServiceError) => boolean,
): Promise<ServiceResult<T>> {
  const deadline = Date.now() + PROPAGATION_MS;
  for (;;) {
    const result = await resultOf(call);
    if ('value' in result || !isTransient(result.error) || Date.now() > deadline) return result;
    await sleep(POLL_INTERVAL_MS);
  }
}
