import { decodeInput } from '../../../../local/quicksight/model/decode';
import { MODEL } from '../../../../local/quicksight/model/service-model';
import { caught, START, start } from './call';

test('an item of another type is rejected', () => {
  expect(caught(() => start({ ResourceArns: [7] }))).toMatchObject({
    name: 'SerializationException',
    message: 'NUMBER_VALUE can not be converted to a String',
  });
});

test('unknown members and nulls are omitted', () => {
  expect(start({ Surprise: 1, IncludeTags: null })).toEqual(START);
});

function operation(name: string) {
  const found = MODEL.operations[name];
  if (!found) throw new Error(`There is no operation ${name}.`);
  return found;
}

test.each(['{', '[]', '"text"', '7', 'null', '{"ResourceArns":[}'])('the body %s is rejected', (body) => {
  const raw = { labels: { AwsAccountId: '123456789012' }, query: new URLSearchParams(), body };
  expect(caught(() => decodeInput(operation('StartAssetBundleExportJob'), raw)).name).toBe('SerializationException');
});

test.each(['1.5', 'ten', '', '99999999999'])('max-results=%s is rejected', (text) => {
  const raw = { labels: {}, query: new URLSearchParams({ 'max-results': text }), body: '' };
  expect(caught(() => decodeInput(operation('ListAssetBundleExportJobs'), raw)).name).toBe('SerializationException');
});
