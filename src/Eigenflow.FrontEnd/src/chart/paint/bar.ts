import { fraction, valueAt, type Range } from '../axes/range';
import { linearTicks, logTicks } from '../axes/ticks';
import type { Theme } from '../color/theme';
import { Style } from '../style';
import { capHeight, drawRich, measureRich, wrapRich, type Face } from '../text/canvas';
import { displayNumber } from '../text/number';

/** A bar that says which colour stands for which value. */
export interface ColorBar {
  readonly label: string;
  readonly range: Range;
  readonly colorAt: (part: number) => string;
  /** Whether values below the range have its lowest colour, and above its highest. */
  readonly hasLower?: boolean;
  readonly hasHigher?: boolean;
}

const Gap = 10;
const BarWidth = 11;
const LeastSpacing = 14;

// An end that stands for all beyond it says so, in place of the ticks beside it.
function ticksOf(bar: ColorBar, height: number): { part: number; label: string }[] {
  const found = bar.range.isLogarithmic ? logTicks(bar.range, height, 24) : linearTicks(bar.range, height, 34);
  const factor = found.factor.replace('× ', '×');
  let ticks = found.major.map((tick) => ({ part: fraction(bar.range, tick.value), label: tick.label + factor }));
  for (const [part, sign] of [
    [0, bar.hasLower ? '≤' : ''],
    [1, bar.hasHigher ? '≥' : ''],
  ] as const) {
    if (!sign) continue;
    ticks = ticks.filter((tick) => Math.abs(tick.part - part) * height >= LeastSpacing);
    ticks.push({ part, label: `${sign} ${displayNumber(valueAt(bar.range, part), 3)}` });
  }
  return ticks;
}

const widest = (context: CanvasRenderingContext2D, face: Face, ticks: readonly { label: string }[]): number =>
  ticks.reduce((most, tick) => Math.max(most, measureRich(context, face, tick.label, Style.tickLabel)), 0);

/** Room beside the plot that a bar takes. */
export function barWidth(context: CanvasRenderingContext2D, face: Face, bar: ColorBar, height: number): number {
  return Gap + BarWidth + Style.majorTick + 7 + widest(context, face, ticksOf(bar, height)) + wrapRich(context, face, bar.label, Style.axisLabel, height).length * 1.3 * Style.axisLabel;
}

/** Draws it to the right of a plot. */
export function drawBar(context: CanvasRenderingContext2D, face: Face, theme: Theme, bar: ColorBar, plotRight: number, top: number, bottom: number): void {
  const [left, height] = [plotRight + Gap, bottom - top];
  const gradient = context.createLinearGradient(0, bottom, 0, top);
  for (let k = 0; k <= 32; k++) gradient.addColorStop(k / 32, bar.colorAt(k / 32));
  context.fillStyle = gradient;
  context.fillRect(left, top, BarWidth, height);
  context.strokeStyle = theme.axis;
  context.lineWidth = Style.frame;
  context.strokeRect(left, top, BarWidth, height);
  const ticks = ticksOf(bar, height);
  const right = left + BarWidth;
  for (const { part, label } of ticks) {
    const y = bottom - part * height;
    context.beginPath();
    context.moveTo(right, y);
    context.lineTo(right + Style.majorTick, y);
    context.stroke();
    drawRich(context, face, label, right + Style.majorTick + 3, y + capHeight(Style.tickLabel) / 2, Style.tickLabel, theme.text);
  }
  let column = right + Style.majorTick + 7 + widest(context, face, ticks) + Style.axisLabel;
  for (const line of wrapRich(context, face, bar.label, Style.axisLabel, height)) {
    drawRich(context, face, line, column, (top + bottom) / 2 + measureRich(context, face, line, Style.axisLabel) / 2, Style.axisLabel, theme.text, true);
    column += 1.3 * Style.axisLabel;
  }
}
