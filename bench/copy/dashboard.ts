import { createHash } from 'node:crypto';

/** A dashboard of 20 to 700 kB as a bundle contains it. As in QuickSight's own files, the ids do not repeat. */
export function dashboard(seed: number): object {
  const id = idsOf(seed);
  return {
    resourceType: 'dashboard',
    dashboardId: id(),
    name: `Sales ${seed}`,
    definition: {
      dataSetIdentifierDeclarations: [
        { identifier: 'orders', dataSetArn: `arn:aws:quicksight:us-east-1:123456789012:dataset/${id()}` },
      ],
      sheets: Array.from({ length: 1 + ((seed * 7) % 24) }, (_, sheet) => ({
        sheetId: id(),
        name: `Sheet ${sheet + 1}`,
        visuals: Array.from({ length: 24 }, () => visual(id)),
        contentType: 'INTERACTIVE',
      })),
    },
  };
}

function visual(id: () => string): object {
  const field = (columnName: string) => ({
    fieldId: `${id()}.${columnName}.0`,
    column: { dataSetIdentifier: 'orders', columnName },
  });
  return {
    barChartVisual: {
      visualId: id(),
      title: {
        visibility: 'VISIBLE',
        formatText: { richText: `<visual-title>Amount by region, ${id().slice(0, 4)}</visual-title>` },
      },
      subtitle: { visibility: 'VISIBLE' },
      chartConfiguration: {
        fieldWells: {
          barChartAggregatedFieldWells: {
            category: [{ categoricalDimensionField: field('region') }],
            values: [
              {
                numericalMeasureField: {
                  ...field('amount'),
                  aggregationFunction: { simpleNumericalAggregation: 'SUM' },
                },
              },
            ],
            colors: [{ dateDimensionField: { ...field('ordered_on'), dateGranularity: 'MONTH' } }],
          },
        },
        sortConfiguration: {
          categoryItemsLimit: { otherCategories: 'INCLUDE' },
          colorItemsLimit: { otherCategories: 'INCLUDE' },
        },
        orientation: 'HORIZONTAL',
        barsArrangement: 'CLUSTERED',
        legend: { visibility: 'VISIBLE', title: { visibility: 'HIDDEN' } },
        dataLabels: { visibility: 'HIDDEN', overlap: 'DISABLE_OVERLAP' },
        tooltip: { tooltipVisibility: 'VISIBLE', selectedTooltipType: 'DETAILED' },
      },
      actions: [],
      columnHierarchies: [],
    },
  };
}

/** UUIDs, the same for the same seed. */
function idsOf(seed: number): () => string {
  let n = 0;
  return () =>
    createHash('md5')
      .update(`${seed}/${n++}`)
      .digest('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
