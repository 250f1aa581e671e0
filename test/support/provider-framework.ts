import { dirname, join } from 'node:path';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Attributes } from '../../lambda/export/manifest';
import type { IsCompleteResult } from '../../lambda/lifecycle/is-complete-handler';
import type { IsCompleteEvent, OnEventResult } from '../../lambda/lifecycle/job-request';

export interface Handlers {
  readonly onEvent: (event: CloudFormationCustomResourceEvent) => OnEventResult;
  readonly isComplete: (event: IsCompleteEvent) => Promise<IsCompleteResult<Attributes>>;
}

/** The calls that the framework makes: `outbound.js` of its runtime, without the SDK. */
interface Outbound {
  startExecution: (waiter: { input: string }) => void;
  invokeFunction: (call: { FunctionName: string; Payload: string }) => Promise<object>;
  httpRequest: (options: object, body: string) => Promise<void>;
}

const outbound: Partial<Outbound> = {};

type Framework = Record<'onEvent' | 'isComplete', (event: unknown) => Promise<void>>;

/** The provider framework's own functions, as aws-cdk-lib ships them. */
function framework(): Framework {
  const runtime = join(
    dirname(require.resolve('aws-cdk-lib/package.json')),
    'custom-resources',
    'lib',
    'provider-framework',
    'runtime',
  );
  jest.doMock(join(runtime, 'outbound.js'), () => outbound);
  // The framework logs to the console.
  jest.doMock(join(runtime, 'util.js'), () => ({
    ...jest.requireActual<object>(join(runtime, 'util.js')),
    log: () => undefined,
  }));
  return jest.requireActual<Framework>(join(runtime, 'framework.js'));
}

/** The ARN of a function whose name has the maximum length. */
const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name.padEnd(64, 'x')}`;

/** The response of the Lambda runtime. */
async function invoke(run: () => unknown): Promise<object> {
  try {
    return { Payload: JSON.stringify(await run()) };
  } catch (error) {
    const { name, message, stack } = error as Error;
    return {
      FunctionError: 'Unhandled',
      Payload: JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') }),
    };
  }
}

/** The body that the real framework sends to CloudFormation for a request. */
export async function responseTo(
  event: CloudFormationCustomResourceEvent,
  { onEvent, isComplete }: Handlers,
): Promise<string> {
  const functions = framework();
  process.env.USER_ON_EVENT_FUNCTION_ARN = functionArn('on-event');
  process.env.USER_IS_COMPLETE_FUNCTION_ARN = functionArn('is-complete');
  process.env.WAITER_STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:waiter';
  let waiterInput: string | undefined;
  let response: string | undefined;
  outbound.startExecution = ({ input }) => {
    waiterInput = input;
  };
  outbound.httpRequest = async (_, body) => {
    response = body;
  };
  outbound.invokeFunction = ({ FunctionName, Payload }) =>
    invoke(() => (FunctionName.includes('on-event') ? onEvent(JSON.parse(Payload)) : isComplete(JSON.parse(Payload))));
  await functions.onEvent(structuredClone(event));
  if (waiterInput !== undefined) await functions.isComplete(JSON.parse(waiterInput));
  if (response === undefined) throw new Error('the framework sent no response');
  return response;
}
