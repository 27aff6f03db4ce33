import { capHeight, drawRich, measureRich, type Face } from '../text/canvas';
import type { Theme } from '../color/theme';
import { withAlpha } from '../color/theme';
import type { Frame } from '../layout/frame';
import type { Phase, PhaseName } from '../layout/regions';
import { Style } from '../style';
import type { Ticks } from '../axes/ticks';

/** What surrounds the data of a plot. */
export interface Surround {
  readonly xTicks: Ticks;
  readonly yTicks: Ticks;
  readonly xLabel: readonly string[];
  readonly yLabel: readonly string[];
  readonly phases: readonly Phase[];
  readonly names: readonly PhaseName[];
  readonly hasStripBelow: boolean;
  readonly isStrip: boolean;
}

const crisp = (at: number): number => Math.round(at - 0.5) + 0.5;

/** Shading of phases and grid lines, below the data. */
export function drawGround(context: CanvasRenderingContext2D, frame: Frame, theme: Theme, around: Surround): void {
  const edges = new Set<number>();
  for (const phase of around.phases) {
    const left = frame.left + phase.from * frame.width;
    const right = frame.left + phase.to * frame.width;
    if (phase.isShaded) {
      context.fillStyle = theme.shade;
      context.fillRect(left, frame.top, right - left, frame.height);
    }
    edges.add(left).add(right);
  }
  context.strokeStyle = theme.grid;
  context.lineWidth = Style.grid;
  context.beginPath();
  for (const tick of around.xTicks.major) line(context, crisp(frame.atX(tick.value)), frame.top, crisp(frame.atX(tick.value)), frame.bottom);
  for (const tick of around.yTicks.major) line(context, frame.left, crisp(frame.atY(tick.value)), frame.right, crisp(frame.atY(tick.value)));
  context.stroke();
  context.strokeStyle = withAlpha(theme.muted, 0.45);
  context.lineWidth = 0.8;
  context.beginPath();
  for (const x of edges) if (x > frame.left + 1 && x < frame.right - 1) line(context, x, frame.top - 5, x, frame.bottom);
  context.stroke();
}

/** Frame, ticks and texts, above the data. */
export function drawSurround(context: CanvasRenderingContext2D, face: Face, frame: Frame, theme: Theme, around: Surround): void {
  context.strokeStyle = theme.axis;
  context.lineWidth = Style.frame;
  const [left, bottom] = [crisp(frame.left), crisp(frame.bottom)];
  context.beginPath();
  context.moveTo(left, frame.top);
  context.lineTo(left, bottom);
  context.lineTo(frame.right, bottom);
  for (const tick of around.xTicks.major) line(context, crisp(frame.atX(tick.value)), bottom, crisp(frame.atX(tick.value)), bottom + Style.majorTick);
  for (const tick of around.yTicks.major) line(context, left - Style.majorTick, crisp(frame.atY(tick.value)), left, crisp(frame.atY(tick.value)));
  context.stroke();
  context.lineWidth = 0.7;
  context.beginPath();
  for (const value of around.xTicks.minor) line(context, frame.atX(value), bottom, frame.atX(value), bottom + Style.minorTick);
  for (const value of around.yTicks.minor) line(context, left - Style.minorTick, frame.atY(value), left, frame.atY(value));
  context.stroke();
  const size = Style.tickLabel;
  if (!around.hasStripBelow)
    for (const tick of around.xTicks.major) {
      const width = measureRich(context, face, tick.label, size);
      drawRich(context, face, tick.label, frame.atX(tick.value) - width / 2, frame.bottom + Style.majorTick + 5 + capHeight(size), size, theme.text);
    }
  for (const tick of around.yTicks.major) {
    const width = measureRich(context, face, tick.label, size);
    drawRich(context, face, tick.label, frame.left - Style.majorTick - 3 - width, frame.atY(tick.value) + capHeight(size) / 2, size, theme.text);
  }
  drawLabels(context, face, frame, theme, around);
}

function drawLabels(context: CanvasRenderingContext2D, face: Face, frame: Frame, theme: Theme, around: Surround): void {
  const hasFactor = around.yTicks.factor !== '' && !around.isStrip;
  if (hasFactor) drawRich(context, face, around.yTicks.factor, frame.left - 4, frame.top - 5, Style.tickLabel, theme.text);
  const base = frame.top - (hasFactor ? 13 : 0);
  for (const name of around.names) drawRich(context, face, name.text, name.x, base - 6 - name.row * 1.3 * Style.guide, Style.guide, theme.muted);
  if (!around.hasStripBelow) {
    let baseline = frame.bottom + Style.majorTick + 8 + 1.15 * Style.tickLabel + 0.85 * Style.axisLabel;
    if (around.xTicks.factor) drawRich(context, face, around.xTicks.factor, frame.right - measureRich(context, face, around.xTicks.factor, Style.tickLabel), baseline, Style.tickLabel, theme.text);
    for (const text of around.xLabel) {
      const width = measureRich(context, face, text, Style.axisLabel);
      drawRich(context, face, text, frame.left + frame.width / 2 - width / 2, baseline, Style.axisLabel, theme.text);
      baseline += 1.3 * Style.axisLabel;
    }
  }
  // A low strip has a small name, which would be cut otherwise.
  const longest = around.yLabel.reduce((most, text) => Math.max(most, measureRich(context, face, text, Style.tickLabel)), 1);
  const size = around.isStrip ? Style.tickLabel * Math.max(0.7, Math.min(1, (frame.height + 4) / longest)) : Style.axisLabel;
  let column = 2 + 0.8 * size;
  for (const text of around.yLabel) {
    const width = measureRich(context, face, text, size);
    drawRich(context, face, text, column, frame.top + frame.height / 2 + width / 2, size, theme.text, true);
    column += 1.3 * size;
  }
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
}
