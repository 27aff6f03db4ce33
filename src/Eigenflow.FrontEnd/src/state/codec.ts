// The state of a system view as the query of an address, short and readable: exponent=2.5&methods=flow,hierarchy&pin=flow;dimension=1e4&panel0=y:linear;x:1,1e3&hide=seed.
// What stands at its default is left out. What is not understood is told and never silently dropped.
import type { SystemTables } from '../api/contracts';
import type { MapState, RunState, Setting, SystemState } from './system-state';
import { readPanel, writePanel } from './panel-codec';

/** Pins are curves of one figure: more could not be told apart. */
export const mostPins = 8;

const listed = /^(methods|pin|hide|room|map|panel\d{1,2})$/;
/** What can be hidden beside the controls of parameters. */
const sections = /^(methods|map|room\.[a-z]+)$/;
/** What parts of the page keep under names of their own, beside the parameters of the room of simulations. */
const moreName = /^(claims\.(marks|paper)|map\.view|runs\.method)$/;

/** Escapes what has a meaning in an address; all else stays readable. */
export const escapeText = (text: string): string => encodeURIComponent(text).replace(/%(2C|3A|2F|2B|40|24)/g, (code) => decodeURIComponent(code));

/** The text of an escape, or null where it is none. */
export function unescapeText(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The methods that are shown where nothing is asked for. */
export const defaultMethods = (tables: SystemTables): readonly string[] => {
  const first = tables.methods.find((method) => isTheory(method.role)) ?? tables.methods[0];
  return first ? [first.name] : [];
};

/** Whether curves of a role follow the sliders. */
export const isTheory = (role: string): boolean => role === 'theory' || role === 'approximation';

export const initialState = (tables: SystemTables): SystemState => ({ system: tables.id, methods: defaultMethods(tables), setting: {}, pins: [], panels: {}, hidden: [], more: {} });

const pairs = (setting: Setting): string[] => Object.entries(setting).map(([name, value]) => `${name}=${escapeText(value)}`);

/** Writes a state as a query. */
export function encode(state: SystemState, tables: SystemTables): string {
  const parts = pairs(state.setting);
  if (state.methods.join() !== defaultMethods(tables).join()) parts.push(`methods=${state.methods.map(escapeText).join(',')}`);
  for (const pin of state.pins) parts.push(`pin=${[escapeText(pin.method), ...pairs(pin.setting)].join(';')}`);
  for (const [index, view] of Object.entries(state.panels)) {
    const text = writePanel(view);
    if (text !== '') parts.push(`panel${index}=${text}`);
  }
  if (state.hidden.length > 0) parts.push(`hide=${state.hidden.map(escapeText).join(',')}`);
  if (state.room !== undefined) parts.push(`room=${escapeText(state.room)}`);
  if (state.map) parts.push(`map=${[state.map.x, state.map.y, state.map.quantity].map(escapeText).join(',')}`);
  for (const [name, value] of Object.entries(state.more)) parts.push(`${name}=${escapeText(value)}`);
  return parts.join('&');
}

export interface Decoded {
  readonly state: SystemState;
  /** What was not understood, a sentence each. */
  readonly notices: readonly string[];
}

const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

class Reader {
  readonly notices: string[] = [];
  private readonly parameters: ReadonlySet<string>;
  private readonly methods: ReadonlySet<string>;

  constructor(private readonly tables: SystemTables) {
    this.parameters = new Set(tables.parameters.map((parameter) => parameter.name));
    this.methods = new Set(tables.methods.map((method) => method.name));
  }

  isParameter = (name: string): boolean => this.parameters.has(name);

  isMore = (name: string): boolean => moreName.test(name) || (name.startsWith('runs.') && this.isOfRun(name.slice('runs.'.length)));

  // Those of the problem are set for theory and simulation alike.
  private isOfRun = (name: string): boolean => this.tables.parameters.some((parameter) => parameter.name === name && !parameter.isOfProblem);

  text(raw: string): string {
    const text = unescapeText(raw);
    if (text !== null) return text;
    this.notices.push(`The address holds ${quoted(raw)}, which is no valid escape; it was taken as it stands.`);
    return raw;
  }

  list = (raw: string): string[] => raw.split(',').filter((part) => part !== '').map((part) => this.text(part));

  theory(raw: string): string[] {
    const asked = new Set(this.list(raw));
    for (const name of asked) {
      const method = this.tables.methods.find((candidate) => candidate.name === name);
      if (!method) this.unknown('method', name);
      else if (!isTheory(method.role)) this.notices.push(`The method ${name} is a simulation: it is run in the room for simulations and does not follow the sliders.`);
    }
    return this.tables.methods.filter((method) => isTheory(method.role) && asked.has(method.name)).map((method) => method.name);
  }

  hidden(raw: string): string[] {
    return [...new Set(this.list(raw))].filter((name) => {
      const isKnown = this.isParameter(name) || sections.test(name);
      if (!isKnown) this.unknown('control', name);
      return isKnown;
    });
  }

  pin(raw: string): RunState | null {
    const [method = '', ...rest] = raw.split(';');
    const name = this.text(method);
    if (!this.methods.has(name)) {
      this.unknown('method of a pinned setting', name);
      return null;
    }
    const setting: Record<string, string> = {};
    for (const part of rest) {
      const [key, value] = this.pair(part);
      if (this.isParameter(key)) setting[key] = value;
      else this.unknown('parameter of a pinned setting', key);
    }
    return { method: name, setting };
  }

  pair(part: string): [string, string] {
    const mark = part.indexOf('=');
    return mark < 0 ? [this.text(part), ''] : [this.text(part.slice(0, mark)), this.text(part.slice(mark + 1))];
  }

  map(raw: string): MapState | undefined {
    const [x, y, quantity] = this.list(raw);
    if (x !== undefined && y !== undefined && quantity !== undefined && this.isParameter(x) && this.isParameter(y) && /^(auto$|(auto|last|common|event|number):.)/.test(quantity)) return { x, y, quantity };
    this.notices.push(`The address asks for a map over ${quoted(raw)}, which names no two parameters and a quantity; the curves are shown.`);
    return undefined;
  }

  unknown = (what: string, name: string): void => {
    this.notices.push(`The address names the ${what} ${quoted(name)}, which ${this.tables.title} does not have; it was left out.`);
  };
}

/** Reads a query. Values are not judged here: the engine does that, in its own words. */
export function decode(query: string, tables: SystemTables): Decoded {
  const reader = new Reader(tables);
  const setting: Record<string, string> = {};
  const more: Record<string, string> = {};
  const pins: RunState[] = [];
  const panels: Record<number, ReturnType<typeof readPanel> & object> = {};
  let methods = defaultMethods(tables);
  let hidden: string[] = [];
  let room: string | undefined;
  let map: MapState | undefined;
  for (const part of query.split('&')) {
    if (part === '') continue;
    const mark = part.indexOf('=');
    const name = reader.text(mark < 0 ? part : part.slice(0, mark));
    const raw = mark < 0 ? '' : part.slice(mark + 1);
    if (listed.test(name)) {
      if (name === 'methods') methods = reader.theory(raw);
      else if (name === 'pin') {
        const pin = reader.pin(raw);
        if (pin) pins.push(pin);
      } else if (name === 'hide') hidden = reader.hidden(raw);
      else if (name === 'room') room = reader.text(raw);
      else if (name === 'map') map = reader.map(raw);
      else {
        const view = readPanel(raw);
        if (view) panels[Number(name.slice('panel'.length))] = view;
        else reader.notices.push(`The address holds ${quoted(part)}, which is no view of a panel; it was left out.`);
      }
    } else if (reader.isParameter(name)) setting[name] = reader.text(raw);
    else if (reader.isMore(name)) more[name] = reader.text(raw);
    else reader.unknown('parameter', name);
  }
  if (pins.length > mostPins) reader.notices.push(`The address pins ${pins.length} settings; the first ${mostPins} are shown.`);
  return {
    state: { system: tables.id, methods, setting, pins: pins.slice(0, mostPins), panels, hidden, more, ...(room === undefined ? {} : { room }), ...(map ? { map } : {}) },
    notices: [...new Set(reader.notices)],
  };
}

/** The address of a state, as a link holds it. */
export function addressOf(state: SystemState, tables: SystemTables): string {
  const query = encode(state, tables);
  return `#/systems/${encodeURIComponent(state.system)}${query === '' ? '' : `?${query}`}`;
}
