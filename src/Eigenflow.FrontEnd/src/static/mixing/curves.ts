import type { Numbers, Panel } from '../../chart/figure';
import type { Curve } from '../payload';

// Curves between computed settings, as StaticPages/Sampling/Mixture has them.

export type Weighted = readonly (readonly [number, Curve])[];

export interface Columns {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly lower?: Numbers;
  readonly upper?: Numbers;
}

/** A mixture: abscissae and columns, scaled as the axes are. */
interface Scaled {
  readonly x: ArrayLike<number>;
  readonly columns: readonly ArrayLike<number>[];
}

/**
 * Mixes a curve from those of the neighbours.
 * @param all Those that are mixed.
 * @param straight The nearest of them, which are enough where a further one has a shorter curve, or a gap.
 */
export function columns(panel: Panel, all: Weighted, straight: Weighted, isStretched: boolean): Columns {
  const near = mixture(straight, straight, isStretched);
  const far = all === straight ? near : mixture(all, straight, isStretched);
  const chosen = far && near && covers(far, near) ? far : near;
  if (!chosen) return { x: [], y: [] };
  const shown = (values: ArrayLike<number>, isLogarithmic?: boolean): Numbers => Array.from(values, (value) => unscaled(value, isLogarithmic));
  const [y = [], lower, upper] = chosen.columns;
  const column = (values: ArrayLike<number>): Numbers => shown(values, panel.y.isLogarithmic);
  return { x: shown(chosen.x, panel.x.isLogarithmic), y: column(y), ...(lower && upper ? { lower: column(lower), upper: column(upper) } : {}) };
}

function mixture(parts: Weighted, straight: Weighted, isStretched: boolean): Scaled | null {
  const first = parts[0]?.[1];
  if (!first || first.x.length === 0) return null;
  const count = Math.min(...parts.map(([, curve]) => curve.columns.length));
  const each = Array.from({ length: count }, (_, column) => column);
  const last = first.x.length - 1;
  const slack = 1e-6 * Math.abs(first.x[last]! - first.x[0]!);
  const haveSameEnds = parts.every(([, { x }]) => Math.abs(x[0]! - first.x[0]!) <= slack && Math.abs(x[x.length - 1]! - first.x[last]!) <= slack);
  if (isStretched || !first.isPlaced || haveSameEnds) {
    const sum = (read: (curve: Curve) => ArrayLike<number>): Float64Array => {
      const total = new Float64Array(first.x.length);
      for (const [weight, curve] of parts) {
        const values = read(curve);
        for (let i = 0; i < total.length; i++) total[i]! += weight * values[i]!;
      }
      return total;
    };
    return { x: sum((curve) => curve.x), columns: each.map((column) => sum((curve) => curve.columns[column]!)) };
  }

  // At the places of the nearest, as far as all go.
  const start = Math.max(...parts.map(([, { x }]) => x[0]!));
  const end = Math.min(...parts.map(([, { x }]) => x[x.length - 1]!));
  if (!(end > start)) return null;
  const inside = straight.flatMap(([, { x }]) => Array.from(x).filter((place) => place > start && place < end));
  const x = [start, ...new Set(inside.sort((one, other) => one - other)), end];
  return {
    x,
    columns: each.map((column) => {
      const total = new Float64Array(x.length);
      for (const [weight, curve] of parts) addAlong(total, x, weight, curve.x, curve.columns[column]!);
      return total;
    }),
  };
}

// Straight between the places of a curve; both lists of places ascend.
function addAlong(total: Float64Array, x: readonly number[], weight: number, places: ArrayLike<number>, values: ArrayLike<number>): void {
  let k = 0;
  for (let i = 0; i < x.length; i++) {
    while (k < places.length - 2 && places[k + 1]! <= x[i]!) k++;
    const share = Math.min(Math.max((x[i]! - places[k]!) / (places[k + 1]! - places[k]!), 0), 1);
    total[i]! += weight * (share === 0 ? values[k]! : share === 1 ? values[k + 1]! : values[k]! + share * (values[k + 1]! - values[k]!));
  }
}

function covers(curve: Scaled, other: Scaled): boolean {
  const [values, others] = [curve.columns[0]!, other.columns[0]!];
  return curve.x.length === other.x.length && !Array.from(values).some((value, i) => Number.isNaN(value) && !Number.isNaN(others[i]!));
}

const unscaled = (value: number, isLogarithmic?: boolean): number | null => {
  const number = isLogarithmic ? 10 ** value : value;
  return Number.isFinite(number) ? number : null;
};
