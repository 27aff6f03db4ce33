import { describe, expect, it } from 'vitest';
import { SeriesInks, variableOf } from '../color/inks';
import type { Figure, Panel, Series } from '../figure';
import { columnsOf, placesOf, plotHeight } from '../layout/columns';
import { Frame } from '../layout/frame';
import { LabelPlacer } from '../layout/placer';
import { canToggle, cellEdges, horizontalRange, verticalRange } from '../layout/ranges';
import { ratioPanel } from '../layout/ratio';
import { phaseNames, phasesOf } from '../layout/regions';
import { apart, thinCurve, thinDots } from '../layout/thinning';
import { legendsOf } from '../panel/legend';
import { hitsAt } from '../panel/hover';
import { modelsOf } from '../panel/model';
import { chatterOf } from '../paint/chatter';
import { cellsAlong } from '../paint/heatmap';
import { streamlines } from '../paint/streamlines';
import { panelColumns } from '../table';

const series = (rest: Partial<Series> = {}): Series => ({ label: 'a', x: [1, 10, 100], y: [1, 0.1, 0.01], style: 'line', role: 'theory', color: 0, ...rest });
const panel = (rest: Partial<Panel> = {}): Panel => ({ x: { label: 't', isLogarithmic: true }, y: { label: 'L', isLogarithmic: true }, series: [series()], ...rest });
const figure = (panels: Panel[], rest: Partial<Figure> = {}): Figure => ({ id: 'f', title: 'F', panels, ...rest });
const frame = new Frame({ isLogarithmic: true, minimum: 0, maximum: 2 }, { isLogarithmic: true, minimum: -2, maximum: 0 }, 0, 0, 200, 100, 1);

describe('columns', () => {
  const many = (count: number): Figure => figure(Array.from({ length: count }, () => panel()));
  it('are up to three, and even', () => {
    expect([1, 2, 3, 4, 5, 6].map((count) => columnsOf(many(count), 1200, 900))).toEqual([1, 2, 3, 2, 3, 3]);
    expect(columnsOf({ ...many(4), columns: 4 }, 1600, 900)).toBe(4);
  });
  it('are one on narrow pages', () => {
    expect(columnsOf(many(3), 360, 900)).toBe(1);
    expect(columnsOf(many(6), 700, 900)).toBe(2);
    expect(columnsOf(many(0), 700, 900)).toBe(1);
  });
  it('are one below the other where two would be narrow and the window is high enough', () => {
    expect(columnsOf(many(2), 640, 900)).toBe(1);
    expect(columnsOf(many(2), 640, 600)).toBe(2);
    expect(columnsOf(many(2), 900, 900)).toBe(2);
    expect(columnsOf(many(4), 640, 900)).toBe(2);
  });
  it('leave no empty place in the last row', () => {
    expect(placesOf(4, 2, 620)).toEqual({ tracks: 2, panels: Array.from({ length: 4 }, () => ({ span: 1, width: 300 })) });
    expect(placesOf(3, 2, 620).panels).toEqual([{ span: 1, width: 300 }, { span: 1, width: 300 }, { span: 2, width: 620 }]);
    const five = placesOf(5, 3, 1000);
    expect(five.tracks).toBe(6);
    expect(five.panels.map(({ span }) => span)).toEqual([2, 2, 2, 3, 3]);
  });
  it('have heights that are seen together', () => {
    expect(2 * plotHeight(620, 1, 2, 0, false, 900)).toBeLessThan(0.8 * 900);
    expect(plotHeight(300, 2, 2, 0, false, 900)).toBe(255);
    expect(plotHeight(330, 1, 4, 0, false, 740)).toBe(240);
  });
});

describe('ranges', () => {
  it('show points that have an ordinate', () => {
    const x = horizontalRange(panel({ series: [series({ x: [1, 10, 1e6], y: [1, 0.1, -5] })] }), true, true);
    expect(x.maximum).toBeCloseTo(1.02);
  });
  it('follow a band for a decade below its curve', () => {
    const shown = panel({ series: [series({ lower: [1e-9, 1e-9, 1e-9], upper: [2, 1, 1] })] });
    expect(verticalRange(shown, { isLogarithmic: true, minimum: 0, maximum: 2 }, true).minimum).toBeGreaterThan(-3.3);
  });
  it('put names from the top down', () => expect(verticalRange(panel({ y: { label: '', categories: ['a', 'b'] } }), frame.x, false)).toMatchObject({ minimum: 2.5, maximum: 0.5 }));
  it('can become logarithmic where something is positive', () => {
    expect(canToggle(panel({ y: { label: 'L' }, series: [series({ y: [-1, -2, 0] })] }), 'y')).toBe(false);
    expect(canToggle(panel({ y: { label: 'L' }, series: [series({ y: [-1, 2, 0] })] }), 'y')).toBe(true);
  });
  it('are shared in a row, unless one was zoomed', () => {
    const two = figure([panel(), panel({ series: [series({ y: [1, 0.1, 0.001] })] })]);
    const [first, second] = modelsOf(two, {}, 2);
    expect(first!.y).toEqual(second!.y);
    const [zoomed, other] = modelsOf(two, { 0: { yRange: [0.1, 1] } }, 2);
    expect(zoomed!.y).not.toEqual(other!.y);
  });
  it('find the edges of cells', () => expect(cellEdges([1, 10, 100], frame.x)).toEqual([-0.25, 0.25, 0.75, 1.25]));
});

describe('thinning', () => {
  const of = (...values: number[]): Float64Array => Float64Array.from(values);
  const box = { left: 0, top: 0, right: 10, bottom: 10 };
  it('keeps the first, lowest, highest and last point of a column', () => {
    expect(thinCurve(of(1.1, 1.2, 1.3, 1.4, 1.5), of(5, 1, 9, 4, 6), 0, 5, 1, box)).toEqual([[1.1, 5, 1.2, 1, 1.3, 9, 1.5, 6]]);
  });
  it('cuts at gaps, and keeps a point that stands alone', () => {
    expect(thinCurve(of(1, 2, 3, 5), of(1, NaN, 3, 3), 0, 4, 0.5, box)).toEqual([[1, 1], [3, 3, 5, 3]]);
  });
  it('cuts at the edge of a box', () => {
    expect(thinCurve(of(5, 15), of(5, 5), 0, 2, 0.5, box)).toEqual([[5, 5, 10, 5]]);
    expect(thinCurve(of(12, 15), of(5, 5), 0, 2, 0.5, box)).toEqual([]);
  });
  it('leaves dots out that share a place', () => {
    expect(thinDots(of(1, 1.1, 5, 50), of(1, 1.1, 5, 5), 1, box)).toEqual([1, 1, 5, 5]);
    expect(apart([0, 0, 1, 1, 5, 5], 3)).toEqual([0, 0, 5, 5]);
  });
  it('draws what jumps up and down as a band', () => {
    const xs = Float64Array.from({ length: 60 }, (_, i) => i);
    const ys = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? 50 : 50 + (i % 2 ? 20 : -20)));
    const { quiet, bands } = chatterOf(xs, ys, 1);
    expect(bands).toHaveLength(1);
    expect(quiet[0]![0]).toBe(0);
    expect(chatterOf(xs, xs, 1)).toEqual({ quiet: [[0, 60]], bands: [] });
  });
});

describe('colours', () => {
  it('go by number, and by value where a scale has three', () => {
    const by = (...values: number[]): Figure => figure([panel({ series: values.map((value) => series({ value })) })], { scale: { label: 'a' } });
    const three = by(1, 2, 3);
    const inks = new SeriesInks(three);
    expect(three.panels![0]!.series.map((one) => variableOf(inks.of(one)))).toEqual(['--ef-sequence-0', '--ef-sequence-16', '--ef-sequence-31']);
    expect(variableOf(new SeriesInks(by(1, 2)).of(series({ color: 13 })))).toBe('--ef-series-1');
    expect(variableOf(inks.of(series({ color: -1 })))).toBe('--ef-series-neutral');
    expect(inks.hasBar).toBe(false);
    expect(new SeriesInks(by(1, 2, 3, 4, 5, 6, 7, 8, 9)).hasBar).toBe(true);
  });
});

describe('legends', () => {
  it('are one where panels agree, and merge entries by label', () => {
    const one = figure([panel(), panel({ series: [series(), series({ label: 'b', color: 1 })] })]);
    expect(legendsOf(one.panels!, new SeriesInks(one)).shared.map((entry) => entry.label)).toEqual(['a', 'b']);
    const other = figure([panel(), panel({ series: [series({ color: 4 })] })]);
    const apartOnes = legendsOf(other.panels!, new SeriesInks(other));
    expect(apartOnes.shared).toEqual([]);
    expect(apartOnes.own.map((list) => list.length)).toEqual([1, 1]);
  });
  it('do not repeat the axis', () => {
    const lone = figure([panel({ series: [series({ label: 'L' })] })]);
    expect(legendsOf(lone.panels!, new SeriesInks(lone)).own).toEqual([[]]);
  });
});

it('phases that have no beginning begin with the axis, and names do not touch', () => {
  const phases = phasesOf([{ start: 0, end: 10, label: 'I' }, { start: 10, end: null, label: 'II' }, { start: 1e5, end: 1e6, label: 'III' }], frame.x);
  expect(phases).toEqual([{ from: 0, to: 0.5, label: 'I', isShaded: true }, { from: 0.5, to: 1, label: 'II', isShaded: false }]);
  expect(phaseNames(phases, 0, 100, () => 60).rows).toBe(2);
  expect(phaseNames(phases, 0, 400, () => 60).rows).toBe(1);
});

it('a strip shows the ratio, or the difference where what is expected is not positive', () => {
  const ratio = ratioPanel(panel({ series: [series({ expected: [1, 0.2, 0.01] })] }))!;
  expect(ratio.series[0]!.y).toEqual([0, -0.5, 0]);
  const difference = ratioPanel(panel({ y: { label: 'm' }, series: [series({ expected: [0, 0.2, 0.01] })] }))!;
  expect(difference.y.label).toBe('difference');
  expect(difference.series[0]!.y[0]).toBe(1);
  expect(ratioPanel(panel())).toBeNull();
});

it('labels go where nothing is', () => {
  const placer = new LabelPlacer({ left: 0, top: 0, right: 100, bottom: 100 });
  placer.markBox({ left: 0, top: 0, right: 100, bottom: 50 });
  expect(placer.place(20, 10, [{ x: 10, y: 10 }, { x: 10, y: 70 }])).toEqual({ x: 10, y: 70 });
  expect(placer.place(20, 10, [{ x: 10, y: 70 }]).x === 10).toBe(false);
});

describe('hover', () => {
  it('reads lines between their points, and dots at theirs', () => {
    const shown = panel({ series: [series(), series({ label: 'dots', style: 'points' })] });
    const [line, ...dots] = hitsAt(frame, shown, 50, null, () => true);
    expect(line!.x).toBeCloseTo(Math.sqrt(10));
    expect(line!.y).toBeCloseTo(1 / Math.sqrt(10));
    expect(dots).toEqual([]);
    expect(hitsAt(frame, shown, 101, null, () => true).map((hit) => hit.x)).toEqual([expect.closeTo(10.23, 1), 10]);
  });
  it('knows gaps, ends and descending abscissae', () => {
    expect(hitsAt(frame, panel({ series: [series({ y: [1, null, 0.01] })] }), 50, null, () => true)).toEqual([]);
    expect(hitsAt(frame, panel({ series: [series({ x: [1, 10] })] }), 150, null, () => true)).toEqual([]);
    expect(hitsAt(frame, panel({ series: [series({ x: [100, 10, 1], y: [0.01, 0.1, 1] })] }), 50, null, () => true)).toHaveLength(1);
  });
});

it('cells are found at every pixel', () => expect([...cellsAlong([-0.25, 0.25, 0.75, 1.25], 4)]).toEqual([0, 1, 1, 2]));

it('streamlines of a rotation go round once', () => {
  const box = { left: 0, top: 0, right: 200, bottom: 200 };
  const lines = streamlines((x, y) => ({ across: -(y - 0.5) + 0.02 * (x - 0.5), up: x - 0.5 + 0.02 * (y - 0.5) }), box);
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(line.length / 2).toBeLessThan(1.2 * 2 * Math.PI * 142);
  expect(streamlines(() => null, box)).toEqual([]);
});

it('tables put series over the same abscissae side by side', () => {
  const tables = panelColumns(panel({ series: [series(), series({ label: 'b', lower: [0, 0, 0] }), series({ label: 'c', x: [1, 2], y: [3, 4] })] }), new SeriesInks(figure([])));
  expect(tables.map((table) => table.heads)).toEqual([['t', 'a', 'b', 'b, lower'], ['t', 'c']]);
  const [map] = panelColumns(panel({ series: [], heatMap: { label: 'v', x: [1, 2], y: [5, 6], values: [1, 2, 3, null] } }), new SeriesInks(figure([])));
  expect(map!.columns).toEqual([[1, 2, 1, 2], [5, 5, 6, 6], [1, 2, 3, null]]);
});
