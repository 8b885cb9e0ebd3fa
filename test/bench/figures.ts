/** Measured times in milliseconds. */
export class Figures {
  readonly times: number[] = [];

  async time<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const start = performance.now();
    const result = await work();
    this.times.push(performance.now() - start);
    return result;
  }

  /** The time that a share of all measurements stays under. */
  quantile(share: number): number {
    const sorted = this.times.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }

  get median(): number {
    return this.quantile(0.5);
  }
}

/** Two sides that are asked the same in turn. */
export interface Comparison {
  readonly what: string;
  readonly ours: Figures;
  readonly theirs: Figures;
  /** How many times the other side's median ours is. */
  readonly ratio: number;
  /** Forgets what was measured while both sides warmed up. */
  reset(): void;
  print(): void;
}

export function compare(what: string, reference: string): Comparison {
  const ours = new Figures();
  const theirs = new Figures();
  const line = (name: string, { median, quantile }: { median: number; quantile: number }): void => {
    console.log(`  ${name.padEnd(48)} ${median.toFixed(2).padStart(8)} ${quantile.toFixed(2).padStart(8)}`);
  };
  return {
    what,
    ours,
    theirs,
    get ratio() {
      return ours.median / theirs.median;
    },
    reset() {
      ours.times.length = 0;
      theirs.times.length = 0;
    },
    print() {
      line(what, { median: ours.median, quantile: ours.quantile(0.95) });
      line(`  ${reference}`, { median: theirs.median, quantile: theirs.quantile(0.95) });
    },
  };
}

/** A figure and what it may be at most, or, with `atLeast`, must be. */
export interface Verdict {
  readonly what: string;
  readonly figure: number;
  readonly unit: 'times' | 'ms' | 'MB';
  readonly budget: number;
  readonly atLeast?: boolean;
}

/** Prints the verdicts; says whether every budget holds. */
export function report(verdicts: readonly Verdict[]): boolean {
  for (const verdict of verdicts) {
    const { what, figure, unit, budget, atLeast } = verdict;
    console.log(
      `${holds(verdict) ? 'holds' : 'FAILS'}  ${what}: ${show(figure, unit)} (${atLeast === true ? 'at least' : 'at most'} ${show(budget, unit)})`,
    );
  }
  return verdicts.every(holds);
}

function holds({ figure, budget, atLeast }: Verdict): boolean {
  return atLeast === true ? figure >= budget : figure <= budget;
}

function show(figure: number, unit: Verdict['unit']): string {
  return unit === 'times' ? `${figure.toFixed(2)} ×` : `${figure.toFixed(unit === 'ms' && figure < 100 ? 1 : 0)} ${unit}`;
}
