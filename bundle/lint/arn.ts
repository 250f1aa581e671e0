/** The parts of an ARN. In a template each may be an expression such as `${AWS::AccountId}`. */
export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** `dashboard/sales`. */
  readonly resource: string;
}

/** A part without a colon, except in an expression. */
const PART = String.raw`((?:\$\{[^}]*\}|[^:$])*)`;
const ARN = new RegExp(`^arn:${PART}:${PART}:${PART}:${PART}:(.+)$`, 's');

export function parseArn(text: string): Arn | undefined {
  const [, , service, region, account, resource] = (text.startsWith('arn:') && ARN.exec(text)) || [];
  if (service === undefined || region === undefined || account === undefined || resource === undefined)
    return undefined;
  return { service, region, account, resource };
}

/** Type and id of a QuickSight asset, from the resource part of its ARN. */
export function assetOfArn({ service, resource }: Arn): { readonly type: string; readonly id: string } | undefined {
  const slash = resource.indexOf('/');
  if (service !== 'quicksight' || slash < 1) return undefined;
  return { type: resource.slice(0, slash), id: resource.slice(slash + 1) };
}

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);

export const isRegion = (text: string): boolean => /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(text);
