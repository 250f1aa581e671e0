import { expressionText, literalText } from '../../bundle/expression-text';
import type { JsonValue } from '../../bundle/json-value';

// Expressions of real templates, and of the CloudFormation user guide (intrinsic function reference).
test.each<[JsonValue | undefined, string | undefined]>([
  ['text', 'text'],
  [{ Ref: 'AWS::AccountId' }, '${AWS::AccountId}'],
  [{ 'Fn::GetAtt': ['DataSet', 'Arn'] }, '${DataSet.Arn}'],
  [{ 'Fn::GetAtt': 'DataSet.Arn' }, '${DataSet.Arn}'],
  [{ 'Fn::Sub': '${ResourceIdPrefixForAllResources}sales' }, '${ResourceIdPrefixForAllResources}sales'],
  [{ 'Fn::Sub': ['${A}-b', { A: { Ref: 'C' } }] }, '${A}-b'],
  [{ 'Fn::Join': ['', ['a', { Ref: 'B' }, 'c']] }, 'a${B}c'],
  [{ 'Fn::Join': [':', ['arn', 'aws']] }, 'arn:aws'],
  [undefined, undefined],
  [null, undefined],
  [5, undefined],
  [[], undefined],
  [{}, undefined],
  [{ Ref: 5 }, undefined],
  [{ Ref: 'A', Other: 'B' }, undefined],
  [{ Other: 'A' }, undefined],
  [{ 'Fn::GetAtt': ['A', { Ref: 'B' }] }, undefined],
  [{ 'Fn::GetAtt': 5 }, undefined],
  [{ 'Fn::Sub': [] }, undefined],
  [{ 'Fn::Join': 'a' }, undefined],
  [{ 'Fn::Join': ['', 'a'] }, undefined],
  [{ 'Fn::Join': [5, ['a']] }, undefined],
  [{ 'Fn::Join': ['', ['a', { 'Fn::If': ['B', 'c', 'd'] }]] }, undefined],
])('the text of %j is %j', (value, text) => {
  expect(expressionText(value)).toBe(text);
});

test.each<[JsonValue, string | undefined]>([
  ['sales', 'sales'],
  [{ 'Fn::Sub': '${Prefix}sales${AWS::Region}' }, 'sales'],
  [{ 'Fn::Join': ['', [{ Ref: 'Prefix' }, 'sales']] }, 'sales'],
  [{ Ref: 'Id' }, ''],
  [5, undefined],
])('the literal text of %j is %j', (value, text) => {
  expect(literalText(value)).toBe(text);
});
