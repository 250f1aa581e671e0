/** Words that docs/contributing/style.md bans, each with an alternative. The order of the rows is the order of the style guide. */
const BANNED = [
  ['told|tells|says|said', 'reported, returned, documented, shown'],
  ['given', 'the argument, the input, `value`, passed'],
  ['lies|stays', 'is stored, remains'],
  ['(?:is|are|was|were) there(?!fore)', 'exists'],
  ['(?:is|are|was|were) gone', 'was deleted'],
  ['anew', 'again'],
  ['mend(?:s|ed|ing)?', 'fix'],
  ['hand(?:s|ed|ing)? over', 'pass'],
  ['t(?:ake(?:s|n)?|ook) over', 'adopt'],
  ['c(?:o|a)mes? to an end', 'finish'],
  ['(?:is|are|was|were) no(?! longer| more)', 'is not a'],
  ['world|happenings?|manner', 'dependencies, event, mode'],
  ['knows|wants|looks? at', 'has, requires, reads'],
  ['whoever', 'the caller, the user, the principal'],
  ['time-outs?', 'timeout'],
].map(([pattern, alternative]) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${pattern.replaceAll(' ', '[\\s*]+')})(?![\\w-])`, 'gi'),
  alternative,
}));

/** A comment, a title or a paragraph starts with the noun itself. */
const OPENING = /^\s*(?:What|Whoever|Whether)\b/;

/** The violations in a text: each has the word, an alternative and the offset. */
export function violations(text, { opening = false } = {}) {
  const found = BANNED.flatMap(({ pattern, alternative }) =>
    [...text.matchAll(pattern)].map((match) => ({ word: match[0], alternative, offset: match.index })),
  );
  const first = opening ? OPENING.exec(text) : null;
  if (first) found.push({ word: first[0].trim(), alternative: 'the noun itself as the opening', offset: 0 });
  return found;
}
