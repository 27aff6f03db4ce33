import { fraction, type Range } from '../axes/range';
import type { Region } from '../figure';

/** A phase that is shown: fractions of the axis at which it begins and ends, and whether it is shaded (every second is, beginning with the first). */
export interface Phase {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly isShaded: boolean;
}

export function phasesOf(regions: readonly Region[] | undefined, range: Range): Phase[] {
  const phases: Phase[] = [];
  for (const region of regions ?? []) {
    // A phase that begins at zero (or below) has no beginning on a logarithmic axis: it begins where the axis does. One without an end (null) has no end.
    const start = region.start === null ? 0 : fraction(range, region.start);
    const end = region.end === null ? 1 : fraction(range, region.end);
    const from = Number.isNaN(start) ? 0 : Math.max(0, Math.min(1, start));
    const to = Number.isNaN(end) ? from : Math.max(from, Math.min(1, end));
    if (to > from) phases.push({ from, to, label: region.label, isShaded: phases.length % 2 === 0 });
  }
  return phases;
}

export interface PhaseName {
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

const Gap = 8;

/** Names of phases: each is centred on its phase, and goes one row up where it would touch its neighbour. */
export function phaseNames(phases: readonly Phase[], left: number, right: number, measure: (text: string) => number): { names: PhaseName[]; rows: number } {
  const ends: number[] = [];
  const names: PhaseName[] = [];
  for (const phase of phases) {
    if (!phase.label) continue;
    const width = measure(phase.label);
    const center = left + ((right - left) * (phase.from + phase.to)) / 2;
    const x = Math.max(left, Math.min(center - width / 2, Math.max(left, right - width)));
    let row = ends.findIndex((end) => end + Gap <= x);
    if (row < 0) row = ends.push(-Infinity) - 1;
    ends[row] = x + width;
    names.push({ text: phase.label, x, row });
  }
  return { names, rows: ends.length };
}
