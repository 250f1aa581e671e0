import type { JsonObject, JsonValue } from '../../bundle/json-value';

/** A visual of a bundle, as QuickSight writes it. */
export const visual = (id: string, title?: string, more: JsonObject = {}): JsonObject => ({
  barChartVisual: {
    visualId: id,
    title: { visibility: 'VISIBLE', ...(title !== undefined && { formatText: { plainText: title } }) },
    chartConfiguration: { orientation: 'VERTICAL', ...more },
  },
});

interface SheetOptions {
  readonly more?: JsonObject;
  readonly elements?: readonly JsonObject[];
}

/** A sheet with a grid layout of these visuals. */
export function sheet(
  id: string,
  name: string,
  visuals: JsonObject[],
  { more = {}, elements }: SheetOptions = {},
): JsonObject {
  const ids = visuals.map((one) => (Object.values(one)[0] as { readonly visualId: string }).visualId);
  const usual = ids.map((elementId) => ({ elementId, elementType: 'VISUAL', columnSpan: 18, rowSpan: 12 }));
  return {
    sheetId: id,
    name,
    visuals,
    layouts: [{ configuration: { gridLayout: { elements: [...(elements ?? usual)] } } }],
    ...more,
  };
}

export const dashboard = (id: string, sheets: JsonValue[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'dashboard',
  dashboardId: id,
  name: 'Sales',
  definition: {
    dataSetIdentifierDeclarations: [
      { identifier: 'sales', dataSetArn: 'arn:aws:quicksight:eu-west-1:111122223333:dataset/sales' },
    ],
    sheets,
    ...more,
  },
});
