import { Timestamp, toJson } from '../../../../local/quicksight/core/json';

test.each([
  [1695305695063, '1.695305695063E9'],
  [1000, '1.0E0'],
  [1700000000000, '1.7E9'],
  [1000000000000, '1.0E9'],
])('toJson() writes the time %d as %s', (milliseconds, text) => {
  expect(toJson({ CreatedTime: new Timestamp(milliseconds), Absent: undefined, List: ['"'] })).toBe(
    `{"CreatedTime":${text},"Absent":null,"List":["\\""]}`,
  );
  expect(Number(text) * 1000).toBe(milliseconds);
});
