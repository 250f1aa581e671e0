import { lambdaHeapFlags } from '../../../bench/copy/lambda-heap';

test('a function of 192 MB gets a twentieth of its memory for each semi-space and nine tenths for old space', () => {
  expect(lambdaHeapFlags(192)).toEqual(['--max-old-space-size=173', '--max-semi-space-size=9']);
});
