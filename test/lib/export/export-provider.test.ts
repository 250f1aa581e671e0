import { Construct } from 'constructs';
// Replaces the built handlers before the provider imports them.
import '../support';
import { ExportProvider } from '../../../lib/export/export-provider';
import { newStack, resources } from '../support';

test('all scopes of a stack share one provider', () => {
  const stack = newStack();
  const provider = ExportProvider.getOrCreate(new Construct(stack, 'Scope'));
  expect(ExportProvider.getOrCreate(stack)).toBe(provider);
  expect(ExportProvider.getOrCreate(newStack())).not.toBe(provider);
});

test('isComplete has the time, memory and disk to copy a bundle of 1 GiB', () => {
  const stack = newStack();
  ExportProvider.getOrCreate(stack);
  const [isComplete] = resources(stack, 'AWS::Lambda::Function').filter(({ id }) => /ProviderIsComplete/.test(id));
  expect(isComplete?.Properties).toMatchObject({
    Code: { ZipFile: '// is-complete' },
    MemorySize: 256,
    EphemeralStorage: { Size: 1536 },
    Timeout: 420,
    Environment: {
      Variables: {
        POWERTOOLS_SERVICE_NAME: 'quicksight-asset-bundle-export',
        NODE_OPTIONS: '--max-old-space-size=128 --max-semi-space-size=1',
      },
    },
  });
});
