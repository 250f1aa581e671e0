/** Characters between two words. A link contains none of them. */
const WORD = /[^\s"'<>]+/g;

/** Between the scheme and the host of a link: in plain text, in JSON (`:\/\/`) or percent-encoded once or twice. */
const SEPARATOR = /(?::|%(?:25)?3a)(?:\\{0,3}\/|%(?:25)?2f){2}/i;
const QUERY = /\?|%(?:25)?3f/i;
const END_OF_HOST = /[/\\?#]|%(?:25)?(?:2f|3f)/i;
const USER = /^.*(?:@|%(?:25)?40)/;

const SIGNATURE_PARAMETER = /X-Amz-[A-Za-z-]{1,40}(?:=|%(?:25)?3d|\\u003d)[^\s"'<>&]+/gi;

/** Longer texts of other systems are cut. CloudFormation takes 4,096 bytes of a message. */
const MAX_EXCERPT_LENGTH = 4096;

/**
 * Removes user, path and query of every link that has a query, because such a link may be the DownloadUrl. Scheme and host
 * remain. The time is proportional to the length of the text.
 */
export function redact(text: string): string {
  return redactWords(text, false);
}

/** The redacted start of a text of another system, which may have any length. */
export function redactedExcerpt(text: string): string {
  if (text.length <= MAX_EXCERPT_LENGTH) return redact(text);
  const start = text.slice(0, MAX_EXCERPT_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
  return `${redactWords(start, true)}…`;
}

/** @param isCut true when text follows that may belong to the last word. */
function redactWords(text: string, isCut: boolean): string {
  return text
    .replace(WORD, (word, offset: number) => redactWord(word, isCut && offset + word.length === text.length))
    .replace(SIGNATURE_PARAMETER, 'X-Amz-***');
}

/** @param isCut true when the query of a link in this word may be missing. */
function redactWord(word: string, isCut: boolean): string {
  const separator = SEPARATOR.exec(word);
  if (!separator) return word;
  const start = word.slice(0, separator.index + separator[0].length);
  const rest = word.slice(start.length);
  if (!isCut && !QUERY.test(rest)) return word;
  const hostEnd = rest.search(END_OF_HOST);
  // Before the end of the host, the word may be cut in the middle of its user.
  return hostEnd < 0 ? `${start}***` : `${start}${rest.slice(0, hostEnd).replace(USER, '')}/***`;
}
