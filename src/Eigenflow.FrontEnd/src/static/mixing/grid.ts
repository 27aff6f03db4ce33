// Where a point lies in the grid of computed settings, as StaticPages/PageAxis and Mixture have it.

export interface GridAxis {
  /** Ascending, at least two. */
  readonly values: readonly number[];
  readonly isLogarithmic: boolean;
}

/** A computed entry with its weight. */
export interface Part {
  readonly index: number;
  readonly weight: number;
}

const way = (value: number, isLogarithmic: boolean): number => (isLogarithmic ? Math.log(value) : value);

/** Where a value lies along an axis, in steps between its entries. */
export function place(axis: GridAxis, value: number): number {
  return weights(axis, value, false).reduce((sum, part) => sum + part.weight * part.index, 0);
}

/** The entries of an axis that a value is made of: cubic through four neighbours, or straight between two; exact at the entries. */
export function weights({ values, isLogarithmic }: GridAxis, value: number, isCubic: boolean): readonly Part[] {
  const last = values.length - 1;
  const at = (k: number): number => values[k]!;
  let k = 0;
  while (k < last - 1 && value > at(k + 1)) k++;

  // Zero stands apart from the decades above it.
  const first = isLogarithmic && at(0) <= 0 ? 1 : 0;
  if (!isCubic || k < first || last - first < 2) {
    const isLog = isLogarithmic && at(k) > 0;
    const share = (way(value, isLog) - way(at(k), isLog)) / (way(at(k + 1), isLog) - way(at(k), isLog));
    return [
      { index: k, weight: 1 - share },
      { index: k + 1, weight: share },
    ].filter((part) => part.weight !== 0);
  }
  const start = Math.max(first, Math.min(k - 1, last - 3));
  const count = Math.min(4, last - start + 1);
  return Array.from({ length: count }, (_, i) => {
    let weight = 1;
    for (let j = 0; j < count; j++) {
      if (j !== i) weight *= (way(value, isLogarithmic) - way(at(start + j), isLogarithmic)) / (way(at(start + i), isLogarithmic) - way(at(start + j), isLogarithmic));
    }
    return { index: start + i, weight };
  }).filter((part) => part.weight !== 0);
}

/** The computed settings that a point is made of, the first axis slowest. */
export function parts(axes: readonly GridAxis[], values: readonly number[], isCubic: boolean): readonly Part[] {
  let all: readonly Part[] = [{ index: 0, weight: 1 }];
  axes.forEach((axis, j) => {
    const own = weights(axis, values[j]!, isCubic);
    all = all.flatMap((before) => own.map((part) => ({ index: before.index * axis.values.length + part.index, weight: before.weight * part.weight })));
  });
  return all;
}

/** The computed setting that is nearest on the sliders: its index, and its values. */
export function nearest(axes: readonly GridAxis[], values: readonly number[]): { readonly index: number; readonly values: readonly number[] } {
  let index = 0;
  const chosen = axes.map((axis, j) => {
    const own = weights(axis, values[j]!, false);
    const best = own.reduce((one, other) => (other.weight > one.weight ? other : one)).index;
    index = index * axis.values.length + best;
    return axis.values[best]!;
  });
  return { index, values: chosen };
}
