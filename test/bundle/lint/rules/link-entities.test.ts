import { arnOf, findingsOf, type LintInput, qsFile, template } from '../../../support/lint-input';

const dashboard = (links: readonly string[], analyses: readonly string[] = []): LintInput =>
  qsFile([
    { type: 'dashboard', id: 'sales', content: { linkEntities: [...links] } },
    ...analyses.map((id) => ({ type: 'analysis', id, content: {} })),
  ]);

const links = (count: number): string[] => Array.from({ length: count }, (_, index) => arnOf(`analysis/a${index}`));

describe('too-many-link-entities', () => {
  test('reports six links', async () => {
    expect(await findingsOf('too-many-link-entities', dashboard(links(6)))).toMatchObject([
      {
        severity: 'error',
        asset: 'dashboard/sales',
        path: '/linkEntities',
        message: 'The dashboard has 6 link entities. An import accepts at most 5.',
      },
    ]);
  });

  test('accepts five links', async () => {
    expect(await findingsOf('too-many-link-entities', dashboard(links(5)))).toEqual([]);
  });
});

describe('link-entity-type', () => {
  test('reports a link to a dashboard, and a text that is not an ARN', async () => {
    const input = dashboard([arnOf('analysis/a'), arnOf('dashboard/other'), 'other']);
    expect(await findingsOf('link-entity-type', input)).toMatchObject([
      { severity: 'error', path: '/linkEntities/1', message: expect.stringContaining(arnOf('dashboard/other')) },
      { severity: 'error', path: '/linkEntities/2', message: expect.stringContaining('links to other.') },
    ]);
  });

  test('accepts an expression of a template, which names a resource', async () => {
    const Properties = { LinkEntities: [{ 'Fn::GetAtt': ['Sales', 'Arn'] }] };
    const input = template([{ type: 'dashboard', id: 'sales', content: { Properties } }]);
    expect(await findingsOf('link-entity-type', input)).toEqual([]);
  });

  test('accepts a link to an analysis', async () => {
    expect(await findingsOf('link-entity-type', dashboard([arnOf('analysis/a')]))).toEqual([]);
  });
});

describe('link-entity-outside', () => {
  test('reports a link to an analysis that is not in the bundle', async () => {
    const input = dashboard([arnOf('analysis/in'), arnOf('analysis/out'), arnOf('dashboard/other')], ['in']);
    expect(await findingsOf('link-entity-outside', input)).toMatchObject([
      { severity: 'warning', path: '/linkEntities/1', message: expect.stringContaining(arnOf('analysis/out')) },
    ]);
  });

  test('accepts a link to an analysis of the bundle', async () => {
    expect(await findingsOf('link-entity-outside', dashboard([arnOf('analysis/in')], ['in']))).toEqual([]);
  });
});
