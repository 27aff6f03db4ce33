// What the room of simulations keeps in the address: runs.method=sgd&runs.seed=2. Nothing there runs by itself.
import type { Method, Parameter, SystemTables } from '../api/contracts';
import { isTheory } from '../state/codec';
import type { Setting, SystemState } from '../state/system-state';
import { isRead, settingFor, withValue } from '../system/setting';

const prefix = 'runs.';
const methodName = `${prefix}method`;

/** The methods that are run and do not follow the sliders. */
export const simulationMethods = (tables: SystemTables): readonly Method[] => tables.methods.filter((method) => !isTheory(method.role));

/** The method that is chosen: the first ensemble where nothing is. */
export function chosenMethod(state: SystemState, tables: SystemTables): Method | undefined {
  const methods = simulationMethods(tables);
  return methods.find((method) => method.name === state.more[methodName]) ?? methods.find((method) => method.role === 'ensemble') ?? methods[0];
}

export const withMethod = (state: SystemState, name: string): SystemState => ({ ...state, more: { ...state.more, [methodName]: name } });

/** Whether the controls of the view have a parameter: it is set there, for theory and simulation alike. */
export const isShared = (parameter: Parameter, state: SystemState, tables: SystemTables): boolean =>
  tables.methods.some((method) => state.methods.includes(method.name) && isRead(parameter, method));

/** The parameters of a method beside those of the problem. */
export const ownParameters = (method: Method, tables: SystemTables): readonly Parameter[] => tables.parameters.filter((parameter) => !parameter.isOfProblem && isRead(parameter, method));

/** What was set for the simulation alone. */
export function ownSetting(state: SystemState): Setting {
  return Object.fromEntries(Object.entries(state.more).filter(([name]) => name.startsWith(prefix) && name !== methodName).map(([name, value]) => [name.slice(prefix.length), value]));
}

/** What a parameter is set to, or undefined. */
export const valueOf = (parameter: Parameter, state: SystemState, tables: SystemTables): string | undefined => (isShared(parameter, state, tables) ? state.setting[parameter.name] : state.more[prefix + parameter.name]);

/** The state with a parameter of the simulation set: a default, or null, leaves it out. */
export function withOwn(state: SystemState, parameter: Parameter, text: string | null, tables: SystemTables): SystemState {
  if (isShared(parameter, state, tables)) return { ...state, setting: withValue(state.setting, parameter, text) };
  const { [prefix + parameter.name]: _, ...more } = state.more;
  const value = withValue({}, parameter, text)[parameter.name];
  return { ...state, more: value === undefined ? more : { ...more, [prefix + parameter.name]: value } };
}

/** The setting of a run that would start now. */
export function simulationSetting(method: Method, state: SystemState, tables: SystemTables): Setting {
  const own = Object.fromEntries(ownParameters(method, tables).flatMap((parameter) => {
    const value = valueOf(parameter, state, tables);
    return value === undefined ? [] : [[parameter.name, value]];
  }));
  const problem = Object.fromEntries(tables.parameters.filter((parameter) => parameter.isOfProblem && state.setting[parameter.name] !== undefined).map((parameter) => [parameter.name, state.setting[parameter.name]!]));
  return settingFor(method, { ...problem, ...own }, tables);
}
