import type { Change } from '../../../bundle/diff/bundle-diff';
import { diffContents } from '../../../bundle/diff/diff-contents';
import type { JsonObject, JsonValue } from '../../../bundle/json-value';
import { dashboard, sheet } from '../../support/dashboard-content';

const diff = (before: JsonValue, after: JsonValue, id = 'd'): Change[] => diffContents(before, after, id);

/** Differences between two versions of a dashboard with these sheets. */
const diffSheets = (before: JsonObject[], after: JsonObject[]): Change[] =>
  diff(dashboard('d', before), dashboard('d', after));

describe('a label', () => {
  const labelOf = (before: JsonObject, after: JsonObject): string | undefined =>
    diffSheets([sheet('s1', 'Overview', [], { more: before })], [sheet('s1', 'Overview', [], { more: after })])[0]
      ?.label;

  test('has the text of a text box without markup, in one line of at most 60 characters', () => {
    const textBoxes = (content: string): JsonObject => ({ textBoxes: [{ sheetTextBoxId: 't1', content }] });
    expect(labelOf(textBoxes(''), textBoxes('<text-box>\n  <b>Net</b>  revenue</text-box>'))).toBe(
      'sheet "Overview" › text box "Net revenue" › content',
    );
    expect(labelOf(textBoxes(''), textBoxes('x'.repeat(61)))).toBe(
      `sheet "Overview" › text box "${'x'.repeat(60)}…" › content`,
    );
  });

  test('has the id of a part without a title', () => {
    const parts = (more: JsonObject): JsonObject => ({ images: [{ sheetImageId: 'd_i1', ...more }] });
    expect(labelOf(parts({}), parts({ scaling: 'NONE' }))).toBe('sheet "Overview" › image "i1" › scaling');
  });
});
