import { describe, expect, it } from 'vitest';
import type { Range } from '../axes/range';
import { SeriesInks } from '../color/inks';
import { between, type Theme } from '../color/theme';
import type { Panel, Series } from '../figure';
import { turnDash, turnsOf } from '../layout/coincident';
import { straightStretch } from '../layout/stretch';
import { LabelPlacer } from '../layout/placer';
import { isOutside, unseenWords } from '../layout/visible';
import { findTriangle } from '../layout/triangle';
import { rugWords } from '../paint/edges';
import { markInks } from '../paint/marks';
import { legendsOf } from '../panel/legend';
import { keysOf } from '../panel/readout';
import { unbroken } from '../text/rich';

const series = (rest: Partial<Series> = {}): Series => ({ label: 'a', x: [1, 10, 100], y: [1, 0.1, 0.01], style: 'line', role: 'theory', color: 0, ...rest });
const panel = (all: readonly Series[]): Panel => ({ x: { label: 't', isLogarithmic: true }, y: { label: 'L', isLogarithmic: true }, series: all });
const inks = (all: readonly Panel[]): SeriesInks => new SeriesInks({ id: '', title: '', panels: all });
const log = (minimum: number, maximum: number): Range => ({ isLogarithmic: true, minimum, maximum });
const none: ReadonlySet<string> = new Set();

describe('the keys of a panel', () => {
  it('are those that do something', () => {
    const all = keysOf({ canX: true, canY: true }, true);
    expect(all).toContain('0 shows all, l and Shift L change the scales of the axes, w opens a window for a slope.');
    // An exported page fits nothing.
    expect(keysOf({ canX: true, canY: true }, false)).not.toContain('window');
    expect(keysOf({ canX: false, canY: true }, true)).toMatch(/l changes the scale of the vertical axis\.$/);
    expect(keysOf({ canX: false, canY: false }, true)).toMatch(/0 shows all\.$/);
  });
});

describe('a window for a slope', () => {
  const x = Array.from({ length: 400 }, (_, i) => 10 ** (i / 50 - 2));
  // A plateau, a power law from 1 to 1000, and a cut-off.
  const bent = series({ x, y: x.map((t) => (1 + t ** 4) ** (-1 / 8) * Math.exp(-t / 1e5)) });
  it('lies on the power law, and not over corners or a plateau', () => {
    const [from, to] = straightStretch([bent], log(-2, 6))!;
    expect(from).toBeGreaterThan(1.5);
    expect(to).toBeLessThan(2e4);
    expect(to / from).toBeGreaterThan(20);
  });
  it('takes the later of two, and lines before dots', () => {
    const two = series({ x, y: x.map((t) => (t < 10 ? t ** -0.2 : 10 ** 0.3 * t ** -0.5)) });
    expect(straightStretch([series({ x, y: x.map(() => 2), style: 'points' }), two], log(-2, 4))![0]).toBeGreaterThan(10);
  });
  it('is none where nothing is straight, or where there is nothing', () => {
    expect(straightStretch([series({ x, y: x.map((t) => Math.exp(-t)) })], log(0, 2))).toBeNull();
    expect(straightStretch([series({ x, y: x.map(() => 2) })], log(-2, 6))).toBeNull();
    expect(straightStretch([series({ role: 'guide' })], log(0, 2))).toBeNull();
    expect(straightStretch([series({ y: [null, -1, 0] })], log(0, 2))).toBeNull();
  });
});

describe('what is not seen', () => {
  it('has neither a point nor a piece of line between the axes', () => {
    expect(isOutside(series(), log(0, 2), log(-2, 0))).toBe(false);
    expect(isOutside(series(), log(0, 2), log(1, 3))).toBe(true);
    expect(isOutside(series({ x: [1, 100], y: [1, 1e-6] }), log(0.5, 1), log(-4, -2))).toBe(false);
    expect(isOutside(series({ x: [1, 100], y: [1, 1e-6], style: 'points' }), log(0.5, 1), log(-4, -2))).toBe(true);
    expect(isOutside(series({ y: [null, -1, 0] }), log(0, 2), log(-2, 0))).toBe(true);
  });
  it('is said in the legend', () => {
    const all = panel([series(), series({ label: 'b', color: 1 }), series({ label: 'c', color: 2, y: [9, 9, 9] }), series({ label: 'd', color: 3, y: [null, null, null] })]);
    const words = (one: Series): string => unseenWords(one, all, log(0, 2), log(-2, 0), none);
    expect(all.series.map(words)).toEqual(['on b', '', 'outside', 'outside']);
    expect(unseenWords(all.series[2]!, all, log(0, 2), log(-2, 0), new Set(['c']))).toBe('');
    expect(legendsOf([all], inks([all]), words).own[0]!.map(({ label, unseen }) => [label, unseen])).toEqual([['a', 'on b'], ['b', ''], ['c', 'outside']]);
  });
  it('is told with the panels in which a curve is not seen, where others show it', () => {
    const two = [panel([series(), series({ label: 'c', color: 2 })]), panel([series(), series({ label: 'c', color: 2, y: [9, 9, 9] })])];
    const unseen = (one: Series, number: number): string => unseenWords(one, two[number]!, log(0, 2), log(-2, 0), none);
    expect(legendsOf(two, inks(two), unseen).shared.map((entry) => [entry.label, entry.unseen])).toEqual([['a', ''], ['c', 'outside of (b)']]);
  });
  it('is what collapses', () => {
    const all = panel(Array.from({ length: 5 }, (_, color) => series({ label: `M = ${color}`, color })));
    expect(unseenWords(all.series[0]!, all, log(0, 2), log(-2, 0), none)).toBe('');
    // Every one of them has a stroke of its own along the line.
    const strokes = [...turnsOf(all.series, log(-2, 0)).values()].map(turnDash).map(([, gap, stroke]) => [gap, gap! + stroke!]);
    expect(strokes).toEqual([0, 1, 2, 3, 4].map((index) => [11 * index, 11 * (index + 1)]));
    expect(turnsOf([series(), series({ label: 'b', y: [1, 0.1, 0.02] }), series({ label: 'c', style: 'dashed' }), series()], log(-2, 0)).size).toBe(0);
  });
});

describe('legends', () => {
  it('are one per panel where a look has two meanings, and lone curves of one solution need none', () => {
    const panels = [panel([series({ label: 'gd' })]), panel([series({ label: 'signal' }), series({ label: 'bulk', color: 1 })]), panel([series({ label: 'gd' })])];
    expect(legendsOf(panels, inks(panels))).toMatchObject({ shared: [], own: [[], [{ label: 'signal' }, { label: 'bulk' }], []] });
  });
});

describe('marks', () => {
  const theme = { text: '#000000', neutral: '#808080', series: ['#ff0000', '#0000ff'], sequence: [] } as unknown as Theme;
  const two = panel([series(), series({ label: 'b', color: 1 })]);
  it('have the colour of their curve among several, and go with it', () => {
    const ink = markInks(two, theme, inks([two]), (one) => one.label !== 'b');
    expect(ink(0, '#123456')).toEqual({ line: '#ff0000', text: between('#ff0000', '#000000', 0.4) });
    expect(ink(1, '#123456')).toBeNull();
    expect(ink(undefined, '#123456')).toEqual({ line: '#123456', text: '#000000' });
    const one = panel([series()]);
    expect(markInks(one, theme, inks([one]), () => true)(0, '#123456')?.line).toBe('#123456');
  });
  it('find room for their labels beside curves', () => {
    const placer = new LabelPlacer({ left: 0, top: 0, right: 200, bottom: 100 });
    placer.markCurve([0, 50, 200, 50], 1);
    const place = placer.place(60, 14, [{ x: 70, y: 44 }]);
    expect(place.y + 14 < 50 || place.y > 50).toBe(true);
  });
  it('stays at its line where it is the name of one', () => {
    const placer = new LabelPlacer({ left: 0, top: 0, right: 200, bottom: 100 });
    placer.markBox({ left: 60, top: 0, right: 200, bottom: 100 });
    expect(placer.place(30, 12, [{ x: 70, y: 10 }], true)).toEqual({ x: 70, y: 10 });
    expect(placer.place(30, 12, [{ x: 70, y: 10 }], true)).not.toEqual({ x: 70, y: 10 });
  });
  it('moves no triangle away from its curve', () => {
    const plot = { left: 0, top: 0, right: 400, bottom: 300 };
    const placer = new LabelPlacer(plot);
    placer.markCurve([0, 40, 400, 240], 1);
    const { start } = findTriangle(plot, { x: 150, y: 115 }, { x: 220, y: 150 }, { width: 300, height: 14 }, placer);
    expect(Math.abs(start.y - 115)).toBeLessThan(40);
  });
});

describe('the rug of a logarithmic axis', () => {
  const model = (y: number[], isLogarithmic = true): { panel: Panel; x: Range; y: Range } => ({ panel: panel([series({ y })]), x: log(0, 2), y: { ...log(-2, 0), isLogarithmic } });
  it('is explained', () => {
    expect(rugWords([model([1, 0, 0.1])])).toBe('Ticks at the foot of a panel: zero, which a logarithmic axis does not have.');
    expect(rugWords([model([1, -1, 0.1])])).toContain('zero or less');
    expect(rugWords([model([1, 0.5, 0.1]), model([1, 0, 0.1], false)])).toBe('');
  });
});

it('formulas stay on one line', () => expect(unbroken('Loss at t = 10, and more')).toBe('Loss at t\u00a0=\u00a010, and more'));
