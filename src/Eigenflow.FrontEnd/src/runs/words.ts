// How simulations are told: time left, what differs from the controls.
import type { Parameter, SystemTables } from '../api/contracts';
import { duration } from '../parts/duration';
import type { Setting } from '../state/system-state';
import { sameValue, shownValue } from '../system/setting';

/** What is left of work, such as `about 12 s left`. */
export const leftWords = (secondsLeft: number | undefined): string => (secondsLeft === undefined ? '' : secondsLeft < 1 ? 'nearly done' : `about ${duration(secondsLeft)} left`);

export const percentWords = (fraction: number): string => `${Math.floor(100 * Math.min(1, Math.max(0, fraction)))} %`;

/** The parameters in which a simulation is not what the controls say now, in words; empty where it is. */
export function differenceWords(simulation: Setting, now: Setting, tables: SystemTables): string {
  const valueOf = (setting: Setting, parameter: Parameter): string => setting[parameter.name] ?? parameter.default ?? '';
  const words = (value: string, parameter: Parameter): string => (value === '' ? 'derived' : shownValue(parameter, value));
  return tables.parameters
    .filter((parameter) => !sameValue(valueOf(simulation, parameter), valueOf(now, parameter)))
    .map((parameter) => `${parameter.name.replaceAll('-', ' ')} ${words(valueOf(simulation, parameter), parameter)}, now ${words(valueOf(now, parameter), parameter)}`)
    .join('; ');
}
