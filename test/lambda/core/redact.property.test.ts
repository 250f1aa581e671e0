import fc from 'fast-check';
import { redact, redactedExcerpt } from '../../../lambda/core/redact';
import { character } from '../../support/character';
import { propertyOptions } from '../../support/property-options';

/** The secret parts of a link consist of this letter, and the rest of the text does not contain it. */
const SECRET = 'Z';
const secret = fc.integer({ min: 1, max: 40 }).map((length) => SECRET.repeat(length));
const text = fc
  .string({ unit: character, maxLength: 40, size: 'max' })
  .map((characters) => characters.replaceAll(SECRET, ''));

const link = fc
  .tuple(fc.constantFrom('https', 'http', 's3', 'HTTPS'), secret, secret, fc.boolean())
  .map(([scheme, path, signature, hasUser]) => {
    const user = hasUser ? `${path}:${signature}@` : '';
    return `${scheme}://${user}bucket.s3.amazonaws.com/${path}/${path}.qs?X-Amz-Expires=300&X-Amz-Signature=${signature}`;
  });
const form = fc.constantFrom<(link: string) => string>(
  (plain) => plain,
  (plain) => JSON.stringify(plain).replaceAll('/', '\\/'),
  encodeURIComponent,
  (plain) => encodeURIComponent(encodeURIComponent(plain)),
);
const linkInAnyForm = fc.tuple(link, form).map(([plain, encode]) => encode(plain));

test('redact removes everything of a link but its host, in any form and in any text', () => {
  fc.assert(
    fc.property(text, linkInAnyForm, text, (before, url, after) => {
      // A character that is not a delimiter belongs to the link.
      expect(redact(`${before}${url}${after}`)).not.toContain(SECRET);
      expect(redact(`${before} ${url} ${after}`)).toContain('bucket.s3.amazonaws.com/***');
    }),
    propertyOptions(300),
  );
});

test('an excerpt contains no part of a link but its host, wherever the text is cut', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3700, max: 4110 }), linkInAnyForm, text, (length, url, after) => {
      expect(redactedExcerpt(`${' '.repeat(length)}${url} ${after.repeat(20)}`)).not.toContain(SECRET);
    }),
    propertyOptions(500),
  );
});

test('a redacted text is not changed when it is redacted again', () => {
  fc.assert(
    fc.property(text, linkInAnyForm, text, (before, url, after) => {
      const redacted = redact(`${before}${url}${after}`);
      expect(redact(redacted)).toBe(redacted);
    }),
    propertyOptions(200),
  );
});
