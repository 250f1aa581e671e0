import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../core/answer';
import { bytesOf, send } from '../core/answer';
import { toJson } from '../core/json';
import { ServiceError } from '../core/service-error';
import { download } from '../download/download';
import { downloadModifier } from '../faults/download-modifier';
import type { Fault, FaultTarget } from '../faults/fault';
import { faultAnswer, modifiedAnswer } from '../faults/fault-answer';
import { Faults } from '../faults/faults';
import type { Service } from '../operations/service';
import { readAuthorization } from './authorization';
import { readBody } from './body';
import type { RequestRecord } from './request-record';
import { record } from './request-record';
import type { Route } from './route';
import { decodeLabel, routeOf } from './route';

const ERROR_TYPE_SUFFIX = ':http://internal.amazon.com/coral/com.amazonaws.quicksight/';

export interface HandlerOptions {
  /** Errors have `{name}:http://…` in their header, as some hosts of the service send them. Default: false. */
  readonly errorTypeSuffix?: boolean;
  /** Called after the answer to a request, also when a fault suppresses the answer. Default: none. */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** A request with its response and its record. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined when it is longer than any operation accepts. */
  readonly body: string | undefined;
  readonly route: Route | undefined;
  readonly target: FaultTarget;
  readonly entry: RequestRecord;
  readonly requestId: string;
}

/** Answers requests. Faults come first, then operations and downloads. */
export class Handler {
  public readonly requests: RequestRecord[] = [];
  public readonly faults = new Faults();
  /** Origin of the links for clients without a Host header. Set when the server listens. */
  public origin = '';

  public constructor(
    private readonly service: Service,
    private readonly options: HandlerOptions,
  ) {}

  public async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = await this.begin(request, response);
    const faults = this.faults.take(exchange.target);
    exchange.entry.fault = faults[0]?.kind;
    try {
      const answer = await this.answer(exchange, faults);
      if (answer) {
        exchange.entry.status = answer.status;
        await send(response, request.method ?? '', answer);
      }
    } finally {
      this.options.onRequest?.(exchange.entry);
    }
  }

  private async begin(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
    const at = this.service.now();
    const [path = '', search = ''] = (request.url ?? '').split('?', 2);
    const method = request.method ?? '';
    const route = routeOf(method, path);
    const body = await readBody(request);
    const target = { method, ...(route ? targetOfCall(route, request, body ?? '') : targetOfPath(path, request)) };
    const { operation, account, region, jobId } = target;
    const entry = record(this.requests, { operation, account, region, jobId, method, at });
    const query = new URLSearchParams(search);
    return { request, response, path, query, body, route, target, entry, requestId: randomUUID() };
  }

  /** The answer, or undefined when a fault suppresses it. */
  private async answer(exchange: Exchange, faults: readonly Fault[]): Promise<Answer | undefined> {
    const { entry, requestId, request, response, target } = exchange;
    const errorAnswer = (name: string, message: string, status: number) =>
      this.errorAnswer(entry, requestId, name, message, status);
    const has = (kind: Fault['kind']) => faults.find((fault) => fault.kind === kind);
    if (has('reset')) {
      request.socket.resetAndDestroy();
      return undefined;
    }
    const hang = faults.find((fault) => fault.kind === 'hang');
    if (hang && !hang.takesEffect) return undefined;
    const instead = faults
      .map((fault) => faultAnswer(fault, target, errorAnswer))
      .find((answer) => answer !== undefined);
    const answer =
      instead ?? (target.operation === 'Download' ? await this.download(exchange, faults) : await this.call(exchange));
    if (hang) return undefined;
    if (has('lostAnswer')) {
      response.socket?.resetAndDestroy();
      return undefined;
    }
    return modifiedAnswer(answer, faults);
  }

  private async download({ path, query, request, entry }: Exchange, faults: readonly Fault[]): Promise<Answer> {
    const downloadRequest = { method: entry.method, path, query, headers: request.headers };
    return download(this.service.links, downloadRequest, this.service.now(), downloadModifier(faults));
  }

  private async call({ route, query, body, request, entry, requestId }: Exchange): Promise<Answer> {
    try {
      const { region } = readAuthorization(request.headers.authorization);
      if (!route)
        throw new ServiceError('UnknownOperationException', `No operation has this method and path: ${entry.method}.`);
      if (body === undefined)
        throw new ServiceError('RequestEntityTooLargeException', 'The request body is too large.');
      const caller = { region, requestId, origin: this.originFor(request) };
      const result = await this.service.call(route.operation, { labels: route.labels, query, body }, caller);
      return this.jsonAnswer(200, requestId, result);
    } catch (error) {
      if (error instanceof ServiceError)
        return this.errorAnswer(entry, requestId, error.name, error.message, error.status);
      // An error in the stand-in itself or in a callback. The developer must see its message.
      return this.errorAnswer(entry, requestId, 'InternalFailureException', String(error), 500);
    }
  }

  private errorAnswer(entry: RequestRecord, requestId: string, name: string, message: string, status: number): Answer {
    entry.error = name;
    const answer = this.jsonAnswer(status, requestId, { Message: message, RequestId: requestId });
    const type = this.options.errorTypeSuffix ? `${name}${ERROR_TYPE_SUFFIX}` : name;
    return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': type } };
  }

  private jsonAnswer(status: number, requestId: string, value: unknown): Answer {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
      body: bytesOf(toJson(value)),
    };
  }

  /** The origin that the client used, because the link must work in the client's network. */
  private originFor({ headers: { host } }: IncomingMessage): string {
    return host && /^[\w.\-:[\]]+$/.test(host) ? `http://${host}` : this.origin;
  }
}

function targetOfCall(
  { operation, labels }: Route,
  request: IncomingMessage,
  body: string,
): Omit<FaultTarget, 'method'> {
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  const jobId = labels['AssetBundleExportJobId'] ?? jobIdIn(body);
  return { operation: operation.name, account: labels['AwsAccountId'], region, jobId };
}

function targetOfPath(path: string, { headers }: IncomingMessage): Omit<FaultTarget, 'method'> {
  // `/{bucket}/{account}/{jobId}/{some id}/assetbundle-{jobId}.qs`
  const [, account, jobId] = /^\/[^/]+\/(\d{12})\/([^/]+)\/[^/]+\/assetbundle-[^/]+$/.exec(path) ?? [];
  if (account && jobId) return { operation: 'Download', account, jobId: decodeLabel(jobId), range: headers.range };
  return { operation: 'Unknown' };
}

function jobIdIn(body: string): string | undefined {
  return /"AssetBundleExportJobId"\s*:\s*"([^"\\]*)"/.exec(body)?.[1];
}
