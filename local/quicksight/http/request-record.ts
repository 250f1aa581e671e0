/** A request that reached the stand-in. */
export interface RequestRecord {
  /** Name of the operation, `Download`, or `Unknown` for any other path. */
  readonly operation: string;
  readonly account?: string;
  readonly region?: string;
  /** Time of the stand-in's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly jobId?: string;
  /** Kind of the fault that affected the request. */
  fault?: string;
  /** Status of the answer. Undefined until the answer, and when a fault suppresses it. */
  status?: number;
  /** Name of the error in the answer. */
  error?: string;
}

/** Limits the memory of a stand-in that runs for days. No test sends as many requests. */
const MAX_RECORDS = 100_000;

export function record(requests: RequestRecord[], entry: RequestRecord): RequestRecord {
  if (requests.length >= MAX_RECORDS) requests.splice(0, MAX_RECORDS / 10);
  requests.push(entry);
  return entry;
}
