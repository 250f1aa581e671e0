import { isMoved } from '../../../bundle/diff/moved-items';

test.each<[string, Array<[number, number]>, boolean[]]>([
  ['nothing', [], []],
  [
    'items in order',
    [
      [0, 1],
      [2, 3],
      [5, 4],
    ],
    [false, false, false],
  ],
  [
    'the first item that became the last',
    [
      [0, 3],
      [1, 0],
      [2, 1],
      [3, 2],
    ],
    [true, false, false, false],
  ],
  [
    'the last item that became the first',
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    [false, false, true],
  ],
  [
    'pairs in another order',
    [
      [2, 1],
      [0, 2],
      [1, 0],
    ],
    [false, true, false],
  ],
  [
    'two items that changed places',
    [
      [0, 1],
      [1, 0],
    ],
    [true, false],
  ],
])('%s: the items outside a longest increasing subsequence are moved', (_, pairs, expected) => {
  expect(isMoved(pairs)).toEqual(expected);
});

test('a list of 100,000 items that was turned round has one item in order', () => {
  const size = 100_000;
  const pairs = Array.from({ length: size }, (_, n): [number, number] => [n, size - n]);
  expect(isMoved(pairs).filter((moved) => !moved)).toHaveLength(1);
});
