import { parse, View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { compile } from 'vega-lite';
import type { Axis, Plot } from './measurement';

/** Renders the plot as SVG. */
export async function svg({ title, x, y, points }: Plot): Promise<string> {
  const axis = (field: 'x' | 'y', { label, scale = 'linear' }: Axis) => ({
    field,
    type: 'quantitative' as const,
    title: label,
    scale: { type: scale },
  });
  const spec: TopLevelSpec = {
    title,
    width: 560,
    height: 300,
    background: 'white',
    data: { values: points.map((point) => ({ ...point })) },
    mark: { type: 'line', point: true },
    encoding: { x: axis('x', x), y: axis('y', y), color: { field: 'series', type: 'nominal', title: null } },
  };
  return new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
