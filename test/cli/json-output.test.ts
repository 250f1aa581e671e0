import { jsonOutput } from '../../cli/json-output';

test('the output is JSON with a newline at its end and without any control character', () => {
  const value = { name: 'é\u001b\u009b31m\u007f\n' };
  const text = jsonOutput(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toBe('{\n  "name": "é\\u001b\\u009b31m\\u007f\\n"\n}\n');
});
