import type { Operation } from '../model/service-model';
import { MODEL } from '../model/service-model';

export interface Route {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

const ROUTES = Object.values(MODEL.operations)
  // A literal segment has precedence over a label: the last segment of '.../export' is not a job id.
  .sort((a, b) => labels(a) - labels(b))
  .map((operation) => {
    const names = [...operation.http.requestUri.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    return { operation, names, path: new RegExp(`^${operation.http.requestUri.replace(/\{\w+\}/g, '([^/]*)')}$`) };
  });

function labels(operation: Operation): number {
  return operation.http.requestUri.split('{').length;
}

/** The operation of a method and path, with the decoded labels of the path. */
export function routeOf(method: string, path: string): Route | undefined {
  for (const { operation, names, path: pattern } of ROUTES) {
    const values = operation.http.method === method ? pattern.exec(path)?.slice(1) : undefined;
    if (values)
      return {
        operation,
        labels: Object.fromEntries(names.map((name, index) => [name, decodeLabel(values[index] ?? '')])),
      };
  }
  return undefined;
}

/** An invalid percent encoding remains as it is. The constraints reject it. */
export function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
