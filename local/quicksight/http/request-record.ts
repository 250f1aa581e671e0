/** A request that reached the stand-in. */
export interface RequestRecord {
  /** The operation's name, `Download` for a download, `Unknown` for a path that no operation has. */
  readonly operation: string;
  readonly account?: string;
  readonly region?: string;
  /** By the stand-in's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly jobId?: string;
  /** The kind of the fault that it met. */
  fault?: string;
  /** The status of the answer; undefined as long as there is none, and for ever when there never is one. */
  status?: number;
  /** The name of the error that it answered with. */
  error?: string;
}

/** More than any test sends; a program that runs for days does not grow without end. */
const MAX_RECORDS = 100_000;

export function record(requests: RequestRecord[], entry: RequestRecord): RequestRecord {
  if (requests.length >= MAX_RECORDS) requests.splice(0, MAX_RECORDS / 10);
  requests.push(entry);
  return entry;
}
