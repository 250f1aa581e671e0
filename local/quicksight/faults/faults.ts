import type { Fault, FaultTarget } from './fault';
import { isResponseModifier } from './fault';

/** An added fault. */
export interface AddedFault {
  /** Number of requests that the fault has affected. */
  readonly struck: number;
  remove(): void;
}

class Entry implements AddedFault {
  public struck = 0;
  private passed = 0;

  public constructor(
    public readonly fault: Fault,
    private readonly onRemove: (entry: Entry) => void,
  ) {}

  public remove(): void {
    this.onRemove(this);
  }

  public strikes(target: FaultTarget): boolean {
    const { operation, when, times = 1, after = 0 } = this.fault;
    if (operation !== undefined && operation !== target.operation) return false;
    if (when && !when(target)) return false;
    if (this.struck >= times) return false;
    if (this.passed < after) {
      this.passed += 1;
      return false;
    }
    this.struck += 1;
    return true;
  }
}

/** Faults on demand. The earliest added fault that matches a request affects it. */
export class Faults {
  private entries: Entry[] = [];

  public add(fault: Fault): AddedFault {
    const entry = new Entry(fault, (removed) => {
      this.entries = this.entries.filter((other) => other !== removed);
    });
    this.entries.push(entry);
    return entry;
  }

  public clear(): void {
    this.entries = [];
  }

  /** The faults that affect the request: at most one, and any number of response modifiers. */
  public take(target: FaultTarget): Fault[] {
    const taken: Fault[] = [];
    for (const entry of this.entries) {
      const combines = isResponseModifier(entry.fault) || taken.every(isResponseModifier);
      if (combines && entry.strikes(target)) taken.push(entry.fault);
    }
    return taken;
  }
}
