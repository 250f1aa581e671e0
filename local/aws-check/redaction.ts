/** Text without the characters that end a link. */
const WORD = /[^\s"'<>]+/g;
/** Scheme, user and host of a link. The bounds keep the search short. */
const ORIGIN = /([a-z][a-z0-9+.-]{0,30}:\\?\/\\?\/)(?:[^/?@\\]{0,200}@)?([^/?\\]{1,300})/i;
const SIGNATURE_PARAMETER = /X-Amz-[A-Za-z-]{1,40}(?:=|%3D)[^\s"'<>&]+/gi;
/** The id of an asset or of a job. Themes of AWS keep theirs: their account is `aws`. */
const QUICKSIGHT_ARN = /(arn:[\w-]+:quicksight:[\w-]*:\d{12}:[A-Za-z-]+\/)[^\s"',;)\]]+/g;
/** A principal: its name may be the name of a person. */
const PRINCIPAL_ARN = /(arn:[\w-]+:(?:iam|sts)::\d{12}:[A-Za-z-]+\/)[^\s"',;)\]]+/g;

const EMAIL_ADDRESS = /[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,200}\w/g;

/** Of a link with a query, which may be presigned, only the scheme and the host remain. */
export function redactLinks(text: string): string {
  return text.replace(WORD, withoutLink).replace(SIGNATURE_PARAMETER, 'X-Amz-***');
}

function withoutLink(word: string): string {
  const link = word.includes('?') ? ORIGIN.exec(word) : null;
  if (!link || !word.includes('?', link.index)) return word;
  return `${word.slice(0, link.index)}${link[1]}${link[2]}/***`;
}

/** Names that a report replaces. */
export interface Identity {
  readonly account: string;
  readonly dashboard: string;
}

/** Removes links, ids, principals and the account from every text of a value. The names of members remain. */
export function redacted<T>(value: T, { account, dashboard }: Identity): T {
  const id = new RegExp(`(?<![\\w-])${dashboard}(?![\\w-])`, 'g');
  const ofText = (text: string) =>
    redactLinks(text)
      .replace(QUICKSIGHT_ARN, '$1***')
      .replace(PRINCIPAL_ARN, '$1***')
      .replace(EMAIL_ADDRESS, '***')
      .replaceAll(account, 'ACCOUNT')
      .replace(id, 'DASHBOARD');
  const of = (each: unknown): unknown => {
    if (typeof each === 'string') return ofText(each);
    if (Array.isArray(each)) return each.map(of);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [name, of(member)]));
  };
  return of(value) as T;
}
