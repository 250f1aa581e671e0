import { scanJson } from '../../bundle/scan-json';

const scan = (text: string) => scanJson(Buffer.from(text));

test.each([
  ['{}', 0],
  ['[1,2]', 0],
  ['{"a":1,"b":{"c":[{"d":2}]}}', 4],
  ['{"a":1,"a":2}', 2],
  ['{"a":":{[","b\\"":"\\\\"}', 2],
  ['{ "a" : 10.5e+3 , "b" : -2 }', 2],
  ['{"ü:":"日:"}', 1],
])('%s has %i members', (text, members) => {
  expect(scan(text).members).toBe(members);
});

test.each([
  ['1', 0],
  ['{}', 1],
  ['[{},"{[",{"a":[]}]', 4],
])('%s has %i objects and lists', (text, containers) => {
  expect(scan(text).containers).toBe(containers);
});

test.each([
  ['1', 0],
  ['{}', 1],
  ['[[],[]]', 2],
  ['{"a":[{"b":"[[[["}],"c":{}}', 3],
])('%s has %i levels', (text, levels) => {
  expect(scan(text).levels).toBe(levels);
});

// 2^53 is 9007199254740992. A double has 53 bits of precision (IEEE 754).
test.each([
  ['9007199254740992', true],
  ['9007199254740993', false],
  ['-9007199254740993', false],
  ['[1,{"a":9007199254740993}]', false],
  ['[9007199254740993,1]', false],
  ['100000000000000000000', true],
  // Two integers have the double 29199379673174592. JSON.stringify writes the first one.
  ['29199379673174590', true],
  ['29199379673174592', false],
  ['999999999999999', true],
  ['1e400', false],
  ['-1E400', false],
  ['1.5e308', true],
  ['0.1234567890123456789', true],
  ['"9007199254740993"', true],
  ['{"9007199254740993":1}', true],
])('%s: JSON.parse and JSON.stringify keep each number: %s', (text, isExact) => {
  expect(scan(text).isExact).toBe(isExact);
});

test.each(['"', '"a\\', '{"a', '[1', '-', '12', ']]', ''])('ends for the incomplete text %j', (text) => {
  expect(scan(text).members).toBe(0);
});
