import { processorShare } from '../../../bench/function/processor-share';

test('a function of 1,769 MB has one processor, and a smaller one has a share in proportion', () => {
  expect(processorShare(1769)).toBe(1);
  expect(processorShare(192)).toBeCloseTo(0.1085, 4);
});
