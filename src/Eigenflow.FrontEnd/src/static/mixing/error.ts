import { place, type GridAxis } from './grid';
import type { CheckedSetting } from '../payload';

export interface NearError {
  readonly count: number;
  readonly usual: string;
  readonly largest: string;
}

/** The errors at the checked settings around some values: as many as the cell of the values and its neighbours have, where there is one in each. Null where nothing was checked. */
export function nearError(axes: readonly GridAxis[], settings: readonly CheckedSetting[], values: readonly number[]): NearError | null {
  const distance = (setting: CheckedSetting): number => axes.reduce((sum, axis, k) => sum + (place(axis, setting.values[k]!) - place(axis, values[k]!)) ** 2, 0);
  const near = [...settings]
    .map((setting) => ({ setting, distance: distance(setting) }))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 2 * axes.length + 1)
    .map((one) => one.setting);
  const [first, ...others] = near;
  if (!first) return null;
  const usual = others.reduce((most, one) => (one.usual > most.usual ? one : most), first);
  const largest = others.reduce((most, one) => (one.largest > most.largest ? one : most), first);
  return { count: near.length, usual: usual.usualText, largest: largest.largestText };
}
