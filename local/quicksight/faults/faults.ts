import type { Fault, FaultTarget } from './fault';
import { isManner } from './fault';

/** A fault that was added: how often it struck, and the way to end it. */
export interface AddedFault {
  readonly struck: number;
  remove(): void;
}

class Entry implements AddedFault {
  public struck = 0;
  private passed = 0;

  public constructor(
    public readonly fault: Fault,
    private readonly end: (entry: Entry) => void,
  ) {}

  public remove(): void {
    this.end(this);
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

/** Faults on demand. Of several that a request could meet, the one that was added first strikes. */
export class Faults {
  private entries: Entry[] = [];

  public add(fault: Fault): AddedFault {
    const entry = new Entry(fault, (ended) => {
      this.entries = this.entries.filter((other) => other !== ended);
    });
    this.entries.push(entry);
    return entry;
  }

  public clear(): void {
    this.entries = [];
  }

  /** The faults that this request meets: at most one, and any number of manners. */
  public take(target: FaultTarget): Fault[] {
    const taken: Fault[] = [];
    for (const entry of this.entries) {
      const another = isManner(entry.fault) || taken.every(isManner);
      if (another && entry.strikes(target)) taken.push(entry.fault);
    }
    return taken;
  }
}
