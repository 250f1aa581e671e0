/** A link with a query, in plain text, in JSON (`https:\/\/`) or percent-encoded. The bounds keep the search short. */
const LINK =
  /([a-z][a-z0-9+.-]{0,30}(?::|%3a)(?:\\?\/|%2f){2})(?:[^\s/"'<>?@\\]{0,500}@)?([^\s/"'<>?@\\%]+)[^\s"'<>]*?(?:\?|%3f)[^\s"'<>]*/gi;

const SIGNATURE_PARAMETER = /X-Amz-[A-Za-z-]+(?:=|%3d)[^\s"'<>&]+/gi;

/**
 * Removes user, path and query of every link that has a query, because such a link may be the DownloadUrl. Scheme and host
 * remain.
 */
export function redact(text: string): string {
  return text.replace(LINK, '$1$2/***').replace(SIGNATURE_PARAMETER, 'X-Amz-***');
}
