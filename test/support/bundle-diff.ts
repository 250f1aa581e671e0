import type { BundleDiff } from '../../bundle/diff/bundle-diff';

/** A difference with a change of each kind, and with texts that are markup, a link or a command for a terminal elsewhere. */
export const DIFF: BundleDiff = {
  same: false,
  added: ['theme/brand'],
  removed: ['datasource/lake'],
  changed: [
    {
      asset: 'dashboard/sales',
      changes: [
        { path: '/a', label: 'sheet "A" › visual "V"', kind: 'moved', before: 'sheet "B"', after: 'sheet "A"' },
        { path: '/b', label: 'sheet "A"', kind: 'moved', before: 0, after: 2 },
        {
          path: '/c',
          label: 'layout of "V"',
          kind: 'moved',
          before: { columnIndex: 0, rowIndex: 6 },
          after: { order: 0 },
        },
        { path: '/d', label: 'sheet "A" › name', kind: 'renamed', before: 'Old', after: 'New' },
        {
          path: '/e',
          label: '<img src=x> | @team \u001b[31m www.example.com',
          kind: 'changed',
          before: 1,
          after: '<script>',
        },
        { path: '/f', label: 'legend', kind: 'added', after: { visibility: 'HIDDEN' } },
        { path: '', label: '', kind: 'removed', before: null },
      ],
    },
  ],
  destructive: [{ asset: 'datasource/lake', reason: 'The asset was removed, and dataset/a refers to it.' }],
  names: { 'theme/brand': 'Brand', 'dashboard/sales': 'Sales & <b>costs</b>' },
};

export const SAME: BundleDiff = { same: true, added: [], removed: [], changed: [], destructive: [], names: {} };

/** A difference with many changed assets, each with as many changes. */
export const largeDiff = (assets: number, changes: number): BundleDiff => ({
  ...SAME,
  same: false,
  changed: Array.from({ length: assets }, (_, n) => ({
    asset: `dashboard/d${n}`,
    changes: Array.from({ length: changes }, (__, m) => ({
      path: `/${m}`,
      label: `option ${m}`,
      kind: 'changed' as const,
      before: 'x'.repeat(3_000),
      after: m,
    })),
  })),
});
