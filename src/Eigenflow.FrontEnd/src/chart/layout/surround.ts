import type { Range } from '../axes/range';
import { horizontalTicks, verticalTicks, type Ticks } from '../axes/ticks';
import type { Panel } from '../figure';
import type { Surround } from '../paint/axes';
import { Style } from '../style';
import { measureRich, wrapRich, type Face } from '../text/canvas';
import { phaseNames, phasesOf } from './regions';

export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A plot whose place is sought. */
export interface Placed {
  readonly panel: Panel;
  readonly x: Range;
  readonly y: Range;
  readonly isStrip: boolean;
  readonly hasStripBelow: boolean;
  /** Room of a colour bar to the right. */
  readonly bar: number;
}

let shared: CanvasRenderingContext2D | null = null;

/** A canvas for measuring. */
export function measuring(): CanvasRenderingContext2D {
  return (shared ??= document.createElement('canvas').getContext('2d')!);
}

const labelRoom = (lines: readonly string[], size: number): number => (lines.length === 0 ? 4 : lines.length * size * 1.3 + 5);
const widest = (face: Face, ticks: Ticks): number => ticks.major.reduce((most, tick) => Math.max(most, measureRich(measuring(), face, tick.label, Style.tickLabel)), 0);

/** Ticks, labels and margins of a plot on a ground of a given size, with at least given margins. Ticks depend on the plot area and margins on ticks: two passes settle it. */
export function surroundOf(face: Face, placed: Placed, width: number, height: number, least: Margins): { surround: Surround; margins: Margins } {
  const { panel, x, y, isStrip, hasStripBelow } = placed;
  const context = measuring();
  const measure = (size: number) => (text: string): number => measureRich(context, face, text, size);
  const xLabel = hasStripBelow ? [] : wrapRich(context, face, panel.x.label, Style.axisLabel, Math.max(80, 0.7 * width));
  const phases = phasesOf(panel.regions, x);
  let margins = { left: Math.max(least.left, 60), right: Math.max(least.right, Style.padding), top: Math.max(least.top, 20), bottom: Math.max(least.bottom, hasStripBelow ? 7 : 44) };
  let found: Surround | null = null;
  for (let pass = 0; pass < 2; pass++) {
    const inner = Math.max(20, width - margins.left - margins.right);
    const tall = Math.max(20, height - margins.top - margins.bottom);
    const yTicks = verticalTicks(panel.y.categories ?? [], y, tall, isStrip);
    const xTicks = horizontalTicks(panel.x.categories ?? [], x, inner, 30, 9, measure(Style.tickLabel));
    const size = isStrip ? Style.tickLabel : Style.axisLabel;
    const name = isStrip && yTicks.factor ? `${panel.y.label}\n(${yTicks.factor.replace(' ', '')})` : panel.y.label;
    const yLabel = wrapRich(context, face, name, size, Math.max(60, tall + (isStrip ? 30 : 0)));
    const { names, rows } = isStrip ? { names: [], rows: 0 } : phaseNames(phases, margins.left, width - margins.right, measure(Style.guide));
    const last = xTicks.major.at(-1);
    margins = {
      left: Math.max(least.left, Math.ceil(labelRoom(yLabel, size) + widest(face, yTicks) + Style.majorTick + Style.tickGap + 2)),
      right: Math.max(least.right, Math.ceil(Style.padding + placed.bar + (last && placed.bar === 0 ? Math.max(0, measureRich(context, face, last.label, Style.tickLabel) / 2 - 4) : 0))),
      top: isStrip ? 0 : Math.max(least.top, Math.ceil(4 + (rows === 0 ? 0 : rows * 1.3 * Style.guide + 4) + (yTicks.factor === '' ? 4 : 16))),
      bottom: hasStripBelow ? 7 : Math.max(least.bottom, Math.ceil(Style.majorTick + Style.tickGap + 1.15 * Style.tickLabel + labelRoom(xLabel, Style.axisLabel) + 4)),
    };
    found = { xTicks, yTicks, xLabel, yLabel, phases, names, hasStripBelow, isStrip };
  }
  return { surround: found!, margins };
}
