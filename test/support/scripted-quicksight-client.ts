import { QuickSightClient } from '@aws-sdk/client-quicksight';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** The SDK's real client, what it sends and what it is sent handed over in memory. */
export function quickSightClient(reply: (request: Sent) => Reply): QuickSightClient {
  const requestHandler = {
    handle: async ({ method, path, body: content }: Sent) => {
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
