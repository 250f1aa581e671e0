import type { JsonCursor } from '../json-cursor';
import { forTypes, type LintRule } from '../lint-rule';

export const SCHEDULE_START_IN_PAST: LintRule = {
  id: 'schedule-start-in-past',
  severity: 'warning',
  remedy: 'Pass a StartAfterDateTime in the future for this refresh schedule in the override parameters.',
  checkAsset: forTypes(['refreshSchedule'], function* ({ properties }, { now }) {
    const nested = properties.get('schedule', 'startAfterDateTime');
    const start = nested.exists ? nested : properties.get('startAfterDateTime');
    const time = timeOf(start);
    if (time === undefined || time > now.getTime()) return;
    yield {
      path: start.pointer,
      message: `The schedule starts after ${new Date(time).toISOString()}, which is in the past. The import rejects it.`,
    };
  }),
};

/** Milliseconds since 1970. The service uses seconds since 1970, and a template uses ISO 8601. */
function timeOf({ value }: JsonCursor): number | undefined {
  const time =
    typeof value === 'number' ? value * 1000 : Date.parse(withTimezone(typeof value === 'string' ? value : ''));
  return Number.isNaN(new Date(time).getTime()) ? undefined : time;
}

/** Without a zone, the time is UTC, and not the zone of this machine. */
const withTimezone = (text: string): string => (/T[\d:.]+$/.test(text) ? `${text}Z` : text);
