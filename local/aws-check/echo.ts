import type { ExpectedRequest } from './export-cases';

/** A member of the request, and the value that Describe returns for it. */
export interface EchoRow {
  readonly member: string;
  readonly requested: string;
  readonly described: string;
  readonly same: boolean;
}

export interface Echo {
  readonly rows: readonly EchoRow[];
  /** Names of the other members that Describe returns. */
  readonly otherMembers: readonly string[];
}

/** Compares the answer of DescribeAssetBundleExportJob with the request of the job. */
export function echoOf(request: ExpectedRequest, described: object): Echo {
  const answer = described as Readonly<Record<string, unknown>>;
  const rows = Object.entries(request).map(([member, value]) => {
    const [requested, found] = [textOf(value), textOf(answer[member])];
    return { member, requested, described: found, same: requested === found };
  });
  const others = Object.keys(answer).filter(
    (name) => !(name in request) && name !== '$metadata' && answer[name] !== undefined && answer[name] !== null,
  );
  return { rows, otherMembers: others.sort() };
}

const textOf = (value: unknown): string => (value === undefined || value === null ? 'unset' : JSON.stringify(value));
