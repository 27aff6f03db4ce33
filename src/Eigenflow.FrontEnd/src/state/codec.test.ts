import { expect, test } from 'vitest';
import type { SystemTables } from '../api/contracts';
import { addressOf, decode, encode, initialState, mostPins } from './codec';
import { roundedView, shortNumber } from './panel-codec';
import type { PanelView, RunState, SystemState } from './system-state';

const method = (name: string, role: 'theory' | 'approximation' | 'simulation' | 'ensemble') => ({ name, role, summary: '' });
const parameter = (name: string) => ({ name, symbol: '', kind: 'text' as const, help: '', unit: '', allowed: '', isOfProblem: name !== 'learning-rate' });
const tables = {
  id: 'phase-retrieval',
  title: 'Phase retrieval',
  parameters: ['exponent', 'dimension', 'spectrum', 'learning-rate'].map(parameter),
  methods: [method('flow', 'theory'), method('gd', 'simulation'), method('sgd', 'ensemble'), method('hierarchy', 'approximation')],
} as unknown as SystemTables;

// A small generator: the same states in every run.
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const alphabet = [...'abz019 .:;,=&%#?+/*"\'<>[]{}|\\^`~äλ𝛼\u0000\n'];
const text = (next: (below: number) => number): string => Array.from({ length: next(12) }, () => alphabet[next(alphabet.length)]!).join('');
const setting = (next: (below: number) => number): Record<string, string> => Object.fromEntries(tables.parameters.filter(() => next(2) === 0).map((known) => [known.name, text(next)]));
const range = (next: (below: number) => number): readonly [number, number] => {
  const low = (next(2000) - 1000) * 10 ** (next(20) - 10);
  return [low, low + (1 + next(1000)) * 10 ** (next(12) - 2)];
};

function state(next: (below: number) => number): SystemState {
  const panels: Record<number, PanelView> = {};
  for (let panel = 0; panel < next(4); panel++) {
    const view = roundedView({ ...(next(2) ? { xScale: 'log' as const } : {}), ...(next(2) ? { xRange: range(next) } : {}), ...(next(2) ? { yRange: range(next) } : {}), ...(next(2) ? { window: range(next) } : {}) });
    if (Object.keys(view).length > 0) panels[panel] = view;
  }
  const pins: RunState[] = Array.from({ length: next(mostPins) }, () => ({ method: tables.methods[next(4)]!.name, setting: setting(next) }));
  return {
    system: tables.id,
    methods: tables.methods.filter((known) => (known.role === 'theory' || known.role === 'approximation') && next(2) === 0).map((known) => known.name),
    setting: setting(next),
    pins,
    panels,
    hidden: [...new Set(Array.from({ length: next(4) }, () => ['exponent', 'methods', 'room.share'][next(3)]!))],
    more: next(2) ? { 'runs.method': text(next), 'runs.learning-rate': text(next), 'claims.marks': text(next) } : {},
    ...(next(2) ? { room: 'claims' } : {}),
    ...(next(2) ? { map: { x: 'exponent', y: 'dimension', quantity: 'last:loss' } } : {}),
  };
}

test('every state is read back as it was written', () => {
  const next = generator(7);
  for (let round = 0; round < 500; round++) {
    const made = state(next);
    const query = encode(made, tables);
    expect(query).toMatch(/^[\x21-\x7e]*$/);
    expect(query).not.toContain('#');
    const read = decode(query, tables);
    expect(read.notices).toEqual([]);
    expect(read.state).toEqual(made);
    expect(encode(read.state, tables)).toBe(query);
  }
});

test('an address is short and readable', () => {
  const made: SystemState = { ...initialState(tables), setting: { exponent: '2.5', dimension: '1e6', spectrum: 'list:1,0.5x3' }, methods: ['flow', 'hierarchy'], pins: [{ method: 'flow', setting: { exponent: '2' } }], panels: { 0: { yScale: 'linear', xRange: [1, 1e6] } } };
  expect(addressOf(made, tables)).toBe('#/systems/phase-retrieval?exponent=2.5&dimension=1e6&spectrum=list:1,0.5x3&methods=flow,hierarchy&pin=flow;exponent=2&panel0=yscale:linear;x:1,1000000');
  expect(addressOf(initialState(tables), tables)).toBe('#/systems/phase-retrieval');
});

test.each([
  ['nonsense=3', /the parameter “nonsense”/],
  ['methods=flow,what', /the method “what”/],
  ['methods=sgd', /sgd is a simulation/],
  ['pin=other;exponent=2', /method of a pinned setting “other”/],
  ['pin=flow;colour=2', /parameter of a pinned setting “colour”/],
  ['panel0=x:3,1', /no view of a panel/],
  ['panel0=zoom', /no view of a panel/],
  ['exponent=%zz', /no valid escape/],
  ['map=exponent', /names no two parameters/],
  ['hide=colour', /the control “colour”/],
  ['__proto__=1', /the parameter “__proto__”/],
  ['flow.dimension=200', /parameter “flow.dimension”/],
  ['runs.dimensio=200', /parameter “runs.dimensio”/],
  ['runs.dimension=200', /parameter “runs.dimension”/],
  [Array.from({ length: 12 }, () => 'pin=flow').join('&'), /pins 12 settings; the first 8/],
])('%s is told', (query, words) => {
  expect(decode(query, tables).notices.join(' ')).toMatch(words);
});

test('values are not judged, and what rooms keep is kept as it is', () => {
  const { state: read, notices } = decode('exponent=-7&runs.learning-rate=2e4&map.view=x:linear', tables);
  expect(notices).toEqual([]);
  expect(read.setting).toEqual({ exponent: '-7' });
  expect(read.more).toEqual({ 'runs.learning-rate': '2e4', 'map.view': 'x:linear' });
});

test('no nonsense breaks the page', () => {
  const next = generator(11);
  for (let round = 0; round < 500; round++) {
    const query = Array.from({ length: next(30) }, () => ['&', '=', ';', ',', '%', 'pin', 'panel0', 'methods', 'x:', 'map', 'a.b', ...alphabet][next(11 + alphabet.length)]!).join('');
    const read = decode(query, tables);
    expect(decode(encode(read.state, tables), tables).state).toEqual(read.state);
  }
});

test('numbers of zooms are short', () => {
  expect([1234567, 0.1 + 0.2, 1e21, -1e-9, 0].map(shortNumber)).toEqual(['1234600', '0.3', '1e21', '-1e-9', '0']);
});
