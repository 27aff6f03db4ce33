import { fraction } from '../axes/range';
import type { Theme } from '../color/theme';
import { withAlpha } from '../color/theme';
import type { Annotation, Panel, ReferenceLine, SlopeGuide } from '../figure';
import { inflate, inside, type Frame, type Point } from '../layout/frame';
import type { LabelPlacer } from '../layout/placer';
import { isNumber } from '../layout/ranges';
import type { Phase } from '../layout/regions';
import { around, findTriangle, labelPlaces, type Block } from '../layout/triangle';
import { Dashes, Style } from '../style';
import type { MarkInk } from './marks';
import { capHeight, drawRich, measureRich, type Face } from '../text/canvas';

interface Label {
  readonly lines: readonly string[];
  readonly text: Block;
  readonly corners: readonly Point[];
  readonly color: string;
  /** Smaller ones find their place first. */
  readonly rank: number;
  /** What it names, and the colour of the line to it where it lies away from that. */
  readonly anchor?: Point & { readonly color: string };
}

const Size = Style.guide;
const LineHeight = 1.3 * Size;
// A label that lies farther away from its dot is tied to it by a line, which begins so far from the dot.
const FarAway = 13;
const LeaderGap = 4;
// The name of a line stands at it: behind the places that are usual come all along it.
const LineStep = 12;
const along = (from: number, to: number): number[] => Array.from({ length: Math.max(0, Math.ceil((to - from) / LineStep) - 1) }, (_, k) => from + (k + 1) * LineStep);
const Wide = 0.35;
const Rank = { annotation: 0, line: 1, slope: 2 } as const;

/** Draws named lines, slope triangles and annotations, with labels where they cover least; in units. */
export class GuidePainter {
  private readonly labels: Label[] = [];
  private readonly lines: (readonly number[])[] = [];

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly face: Face,
    private readonly frame: Frame,
    private readonly theme: Theme,
    private readonly phases: readonly Phase[],
    private readonly placer: LabelPlacer,
    private readonly ink: MarkInk,
  ) {}

  /** Draws them; what is marked as covered after slopes have their places, such as the window that they fill, is left free by names alone. */
  draw(panel: Panel, afterSlopes: () => void): void {
    for (const line of panel.lines ?? []) this.line(line);
    for (const slope of panel.slopes ?? []) this.slope(slope);
    // A triangle that begins and ends at lines stands at its curve all the same.
    for (const line of this.lines) this.placer.markCurve([...line], 1);
    afterSlopes();
    for (const annotation of panel.annotations ?? []) this.annotation(annotation);
    // Labels come after all lines, so that none is drawn across them: those of dots first, as they have fewest places, from the right, as they prefer the right.
    const placed = [...this.labels].sort((one, other) => one.rank - other.rank || (one.rank === Rank.annotation ? other.anchor!.x - one.anchor!.x : 0)).map((label) => ({ label, corner: this.placer.place(label.text.width, label.text.height, label.corners, label.rank === Rank.line) }));
    for (const { label, corner } of placed) this.leader(label, corner);
    for (const { label, corner } of placed) this.write(label, corner);
  }

  private line(line: ReferenceLine): void {
    const { frame } = this;
    const part = line.isVertical ? fraction(frame.x, line.value) : fraction(frame.y, line.value);
    if (!(part >= -1e-9 && part <= 1 + 1e-9)) return;
    const ink = this.ink(line.series, this.theme.muted);
    if (!ink) return;
    const text = this.block([line.label]);
    const { left, right, top, bottom } = frame;
    if (line.isVertical) {
      const x = left + part * frame.width;
      this.stroke([x, top, x, bottom], ink.line, 1, Dashes.dashed, this.lines);
      const tops = [top + 4, bottom - 6 - text.height, top + 20, bottom - 22 - text.height, (top + bottom) / 2, top + frame.height / 4, bottom - frame.height / 4, ...along(top + 4, bottom - 6 - text.height)];
      this.text([line.label], text, tops.flatMap((y) => [{ x: x + 4, y }, { x: x - 4 - text.width, y }]), ink.text, Rank.line);
    } else {
      const y = bottom - part * frame.height;
      this.stroke([left, y, right, y], ink.line, 1, Dashes.dashed, this.lines);
      const lefts = [right - 4 - text.width, left + 6, (left + right - text.width) / 2, left + frame.width / 4, right - frame.width / 4 - text.width, ...along(left + 6, right - 4 - text.width)];
      this.text([line.label], text, lefts.flatMap((x) => [{ x, y: y - 3 - text.height }, { x, y: y + 3 }]), ink.text, Rank.line);
    }
  }

  private slope(guide: SlopeGuide): void {
    const { frame } = this;
    const { startX, endX, startY, slope } = guide;
    if (!isNumber(startX) || !isNumber(endX) || !isNumber(startY) || !isNumber(slope)) return;
    const ink = this.ink(guide.series, this.theme.axis);
    if (!ink) return;
    const curve: number[] = [];
    for (let k = 0; k <= 32; k++) {
      // Geometric spacing: on log-log axes the hypotenuse is straight, on others it is the power law itself.
      const x = startX * (endX / startX) ** (k / 32);
      const [px, py] = [frame.atX(x), frame.atY(startY * (x / startX) ** slope)];
      if (!Number.isNaN(px + py)) curve.push(px, py);
    }
    if (curve.length < 4 || Math.max(curve[0]!, curve.at(-2)!) < frame.left || Math.min(curve[0]!, curve.at(-2)!) > frame.right) return;
    // What is remarked of a measured slope stands below it.
    const lines = this.narrow([...guide.label.split('\n'), ...(guide.measured ? `measured ${guide.measured}`.split(', ') : [])]);
    const text = this.block(lines);
    if (!(frame.x.isLogarithmic && frame.y.isLogarithmic)) {
      this.stroke(curve, ink.line, 1.1, []);
      const middle = 2 * Math.floor(curve.length / 4);
      this.text(lines, text, around({ x: curve[middle]!, y: curve[middle + 1]! }, text, 7), ink.text, Rank.slope);
      return;
    }
    const triangle = findTriangle(frame, { x: curve[0]!, y: curve[1]! }, { x: curve.at(-2)!, y: curve.at(-1)! }, text, this.placer);
    const { start, end, corner } = triangle;
    this.stroke([start.x, start.y, end.x, end.y, corner.x, corner.y, start.x, start.y, end.x, end.y], ink.line, 1.1, []);
    this.text(lines, text, labelPlaces(triangle, text), ink.text, Rank.slope, { x: (start.x + end.x + corner.x) / 3, y: (start.y + end.y + corner.y) / 3, color: ink.line });
  }

  private annotation(annotation: Annotation): void {
    const [x, y] = [this.frame.atX(annotation.x), this.frame.atY(annotation.y)];
    if (!inside(inflate(this.frame, 1), x, y)) return;
    const ink = this.ink(annotation.series, this.theme.text);
    if (!ink) return;
    const text = this.block([annotation.text]);
    this.text([annotation.text], text, [...around({ x, y }, text, 5), ...around({ x, y }, text, 14)], ink.text, Rank.annotation, { x, y, color: ink.line });
  }

  // A name that would take much of a small panel has its curve in a line of its own.
  private narrow(lines: readonly string[]): readonly string[] {
    return lines.flatMap((line) => (measureRich(this.context, this.face, line, Size) > Wide * this.frame.width ? line.split(/(?<=:) /) : [line]));
  }

  private block(lines: readonly string[]): Block {
    const width = lines.reduce((most, line) => Math.max(most, line ? measureRich(this.context, this.face, line, Size) : 0), 0);
    return { width, height: width === 0 ? 0 : 1.1 * Size + (lines.length - 1) * LineHeight };
  }

  private stroke(points: readonly number[], color: string, width: number, dash: readonly number[], later: (readonly number[])[] | null = null): void {
    const { context, frame } = this;
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    context.strokeStyle = color;
    context.lineWidth = width;
    context.lineJoin = 'round';
    context.setLineDash([...dash]);
    context.beginPath();
    for (let i = 0; i < points.length; i += 2) context[i === 0 ? 'moveTo' : 'lineTo'](points[i]!, points[i + 1]!);
    context.stroke();
    context.restore();
    if (later) later.push(points);
    else this.placer.markCurve([...points], 1);
  }

  private text(lines: readonly string[], text: Block, corners: readonly Point[], color: string, rank: number, anchor?: Label['anchor']): void {
    if (text.width > 0) this.labels.push({ lines, text, corners, color, rank, ...(anchor ? { anchor } : {}) });
  }

  // From the nearest point of a label to what it names.
  private leader({ text, anchor, rank }: Label, corner: Point): void {
    if (!anchor) return;
    const [x, y] = [Math.max(corner.x, Math.min(anchor.x, corner.x + text.width)), Math.max(corner.y, Math.min(anchor.y, corner.y + text.height))];
    const away = Math.hypot(anchor.x - x, anchor.y - y);
    if (away <= (rank === Rank.slope ? 3 * FarAway : FarAway)) return;
    const part = 1 - LeaderGap / away;
    this.stroke([x, y, x + part * (anchor.x - x), y + part * (anchor.y - y)], withAlpha(anchor.color, 0.6), 0.8, []);
  }

  // A patch in the colour of the ground keeps a label readable where a line lies below it.
  private write({ lines, text, color }: Label, corner: Point): void {
    const { context } = this;
    this.patch(corner.x - 1, corner.y - 1, text.width + 2, text.height + 2);
    lines.forEach((line, index) => drawRich(context, this.face, line, corner.x, corner.y + capHeight(Size) + 0.15 * Size + index * LineHeight, Size, color));
  }

  private patch(x: number, y: number, width: number, height: number): void {
    const { context, frame, theme } = this;
    const shaded = this.phases.filter((phase) => phase.isShaded).map((phase) => [frame.left + phase.from * frame.width, frame.left + phase.to * frame.width] as const);
    const cuts = [x, ...shaded.flat().filter((cut) => cut > x && cut < x + width), x + width].sort((a, b) => a - b);
    for (let i = 1; i < cuts.length; i++) {
      const [from, to] = [cuts[i - 1]!, cuts[i]!];
      const isShaded = shaded.some(([left, right]) => from >= left - 0.01 && to <= right + 0.01);
      context.fillStyle = withAlpha(isShaded ? theme.shade : theme.background, 0.8);
      context.fillRect(from, y, to - from, height);
    }
  }
}
