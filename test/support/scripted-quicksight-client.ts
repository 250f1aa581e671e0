import { QuickSightClient } from '@aws-sdk/client-quicksight';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** The real client of the SDK. `reply` takes the place of the network. */
export function scriptedQuickSightClient(reply: (request: SentRequest) => Reply): QuickSightClient {
  const requestHandler = {
    handle: async ({ method, path, body: content }: SentRequest) => {
      const {
        status,
        headers = {},
        body,
      } = reply({ method, path, ...(content && { body: new TextDecoder().decode(content as unknown as Uint8Array) }) });
      return { response: { statusCode: status, headers, body: Buffer.from(body) } };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  return new QuickSightClient({
    region: 'us-east-1',
    endpoint: 'https://quicksight.test',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: requestHandler,
  });
}
