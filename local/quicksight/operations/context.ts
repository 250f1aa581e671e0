import type { Input } from '../model/decode';
import type { Scope } from './accounts';

/** A call whose input is valid. */
export interface Call {
  readonly input: Input;
  readonly scope: Scope;
  readonly requestId: string;
  /** The origin under which the client reached the stand-in. */
  readonly origin: string;
}
