import { fraction } from '../axes/range';
import type { Box, Frame } from '../layout/frame';
import { displayNumber } from '../text/number';
import { plainText } from '../text/rich';
import { element } from './elements';

const Names = ['Lower end of the window', 'Upper end of the window'];
// Steps of the keyboard as parts of the axis.
const Fine = 0.01;
const Coarse = 0.1;
const HalfLine = 3;

const placeOf = (frame: Frame, value: number): number => {
  const part = fraction(frame.x, value);
  return frame.left + Math.max(0, Math.min(1, Number.isNaN(part) ? 0 : part)) * frame.width;
};

/** What an end of a window covers of a plot. */
export const windowEnd = (frame: Frame, value: number): Box => ({ left: placeOf(frame, value) - HalfLine, right: placeOf(frame, value) + HalfLine, top: frame.top, bottom: frame.bottom });

/** The window of a fitted slope: two handles on the abscissa that are dragged or moved by arrow keys. */
export class SlopeWindow {
  readonly element = element('div', 'ef-window');
  private readonly shade = element('div', 'ef-window-shade');
  private readonly handles = Names.map((name, end) => this.handle(name, end));
  private frame: Frame | null = null;
  private unit = 1;
  private ends: [number, number] | null = null;

  constructor(private readonly moved: (ends: readonly [number, number], isFinal: boolean) => void) {
    this.element.append(this.shade, ...this.handles);
    this.element.hidden = true;
  }

  /** Shows a window in data units of x, or none; the frame is in units of so many CSS pixels. */
  show(frame: Frame, ends: readonly [number, number] | null, unit = this.unit): void {
    this.frame = frame;
    this.unit = unit;
    this.element.style.transform = unit === 1 ? '' : `scale(${unit})`;
    this.ends = ends && [Math.min(...ends), Math.max(...ends)];
    this.element.hidden = ends === null;
    if (!this.ends) return;
    const places = this.ends.map((end) => this.place(end));
    const [left, right] = places as [number, number];
    this.shade.style.transform = `translate(${left}px, ${frame.top}px)`;
    this.shade.style.width = `${Math.max(0, right - left)}px`;
    this.shade.style.height = `${frame.height}px`;
    this.handles.forEach((handle, end) => {
      handle.style.transform = `translate(${places[end]! - 12}px, ${frame.top}px)`;
      handle.style.height = `${frame.height}px`;
      const part = fraction(frame.x, this.ends![end]!);
      handle.setAttribute('aria-valuenow', String(Math.round(100 * Math.max(0, Math.min(1, part)))));
      handle.setAttribute('aria-valuetext', plainText(displayNumber(this.ends![end]!)));
    });
  }

  /** A window over the middle of what is shown. */
  static middle(frame: Frame): [number, number] {
    return [frame.valueX(frame.left + 0.3 * frame.width), frame.valueX(frame.left + 0.7 * frame.width)];
  }

  focus(): void {
    this.handles[0]!.focus();
  }

  private place(value: number): number {
    return placeOf(this.frame!, value);
  }

  private move(end: number, left: number, isFinal: boolean): void {
    const { frame, ends } = this;
    if (!frame || !ends) return;
    const other = this.place(ends[1 - end]!);
    const least = 4;
    const held = end === 0 ? Math.min(left, other - least) : Math.max(left, other + least);
    const next: [number, number] = [...ends];
    next[end] = frame.valueX(Math.max(frame.left, Math.min(frame.right, held)));
    this.show(frame, next);
    this.moved(next, isFinal);
  }

  private handle(name: string, end: number): HTMLElement {
    const handle = element('div', 'ef-window-handle');
    handle.tabIndex = 0;
    for (const [attribute, value] of [['role', 'slider'], ['aria-label', name], ['aria-orientation', 'horizontal'], ['aria-valuemin', '0'], ['aria-valuemax', '100']] as const) handle.setAttribute(attribute, value);
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
    });
    const drag = (event: PointerEvent, isFinal: boolean): void => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      this.move(end, (event.clientX - this.element.getBoundingClientRect().left) / this.unit, isFinal);
    };
    handle.addEventListener('pointermove', (event) => drag(event, false));
    handle.addEventListener('pointerup', (event) => drag(event, true));
    handle.addEventListener('keydown', (event) => {
      if (!this.frame || !this.ends) return;
      const { left, right, width } = this.frame;
      const at = this.place(this.ends[end]!);
      const to: Readonly<Record<string, number>> = { ArrowLeft: at - Fine * width, ArrowDown: at - Fine * width, ArrowRight: at + Fine * width, ArrowUp: at + Fine * width, PageDown: at - Coarse * width, PageUp: at + Coarse * width, Home: left, End: right };
      const next = to[event.key];
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      this.move(end, next, true);
    });
    return handle;
  }
}
