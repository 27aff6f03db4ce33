// What a state asks the engine for: which parameters each method reads, and which of them mean something beside the others.
import type { Method, Parameter, RunRequest, SystemTables } from '../api/contracts';
import { typedNumber } from '../parts/slider-scale';
import type { Setting, SystemState } from '../state/system-state';

/** Whether a parameter means something: the word that it belongs to is chosen, or the engine has to say it. */
export function isMeant(parameter: Parameter, setting: Setting, tables: SystemTables): boolean {
  if (!parameter.onlyWith) return true;
  const { parameter: other, value } = parameter.onlyWith;
  const chosen = setting[other] ?? tables.parameters.find((candidate) => candidate.name === other)?.default;
  return chosen === undefined || chosen === value;
}

export const isRead = (parameter: Parameter, method: Method): boolean => parameter.isOfProblem || (method.parameters?.includes(parameter.name) ?? false);

/** The part of a setting that a method reads. */
export function settingFor(method: Method, setting: Setting, tables: SystemTables): Setting {
  const read: Record<string, string> = {};
  for (const parameter of tables.parameters) {
    const value = setting[parameter.name];
    if (value !== undefined && isRead(parameter, method) && isMeant(parameter, setting, tables)) read[parameter.name] = value;
  }
  return read;
}

/** The curves of the theory that a state shows, without the pinned ones. */
export const runsOf = (state: SystemState, tables: SystemTables): RunRequest[] =>
  tables.methods.filter((method) => state.methods.includes(method.name)).map((method) => ({ method: method.name, setting: settingFor(method, state.setting, tables) }));

/** Whether two texts are one number. */
export const isSameNumber = (first: string, second: string): boolean => first.trim() !== '' && second.trim() !== '' && Number(first) === Number(second);

/** Whether two texts say the same value. */
export const sameValue = (first: string, second: string): boolean => first === second || isSameNumber(first, second);

/** Whether a text is the default of a parameter. */
export function isDefault(parameter: Parameter, text: string): boolean {
  if (parameter.default === undefined) return false;
  return text === parameter.default || ((parameter.kind === 'number' || parameter.kind === 'integer') && isSameNumber(text, parameter.default));
}

/** A setting with one value changed: a default, or null, leaves it out. */
export function withValue(setting: Setting, parameter: Parameter, text: string | null): Setting {
  const { [parameter.name]: _, ...others } = setting;
  return text === null || isDefault(parameter, text) ? others : { ...others, [parameter.name]: text };
}

const isNumber = (parameter: Parameter): boolean => parameter.kind === 'number' || parameter.kind === 'integer';

/** The value that the engine has given, as a control shows it: numbers with the digits that people read. */
export function shownValue(parameter: Parameter, text: string, digits = 12): string {
  const value = Number(text);
  return isNumber(parameter) && text.trim() !== '' && Number.isFinite(value) ? typedNumber(Number(value.toPrecision(digits))) : text;
}

/** The name of a parameter as a label: escape-threshold is Escape threshold. */
export const labelOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

/** A setting in a few words: what differs from the defaults. */
export function settingWords(setting: Setting, tables: SystemTables): string {
  const words = tables.parameters.filter((parameter) => setting[parameter.name] !== undefined).map((parameter) => `${parameter.name.replaceAll('-', ' ')} ${shownValue(parameter, setting[parameter.name]!)}`);
  return words.length === 0 ? 'defaults' : words.join(', ');
}
