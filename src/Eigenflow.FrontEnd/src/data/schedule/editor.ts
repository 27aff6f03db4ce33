import { linearTicks } from '../../chart/axes/ticks';
import { el, replace, setAttribute, svg } from '../../parts/dom';
import type { Nodes } from '../api';
import { add, move, rateAt, remove } from './nodes';
import { plainText } from '../../chart';
import { numberWords } from './powers';

const margin = { left: 78, right: 14, top: 14, bottom: 44 };
const headroom = 1.18;

export interface Backdrop {
  readonly label: string;
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
}

export interface Editor {
  readonly element: HTMLElement;
  show(nodes: Nodes): void;
  /** Schedules behind it, and the largest learning rate that was measured. */
  setBackdrop(curves: readonly Backdrop[], peak: number): void;
  destroy(): void;
}

// Attributes have no powers of ten.
const plain = (value: number): string => value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 6 });

/** A schedule that is drawn: nodes are dragged, added by a press on the line and taken away; every node answers to the keyboard. */
export function createEditor(changed: (nodes: Nodes) => void): Editor {
  let nodes: Nodes = { steps: [0, 1], rates: [1, 1] };
  let backdrop: readonly Backdrop[] = [];
  let measuredPeak = 0;
  let width = 600;
  let height = 300;
  let top = 1;
  let dragged: number | null = null;
  // The last two presses: on which node, and whether the press made it.
  let presses: readonly { readonly index: number | null; readonly isNew: boolean }[] = [];

  const axes = svg('g', { class: 'schedule-axes', 'aria-hidden': 'true' });
  const behind = svg('g', { class: 'schedule-backdrop', 'aria-hidden': 'true' });
  const area = svg('path', { class: 'schedule-area' });
  const line = svg('path', { class: 'schedule-line' });
  const hit = svg('path', { class: 'schedule-hit' });
  const handles = svg('g', {});
  const picture = svg('svg', { class: 'schedule-picture', role: 'group', 'aria-label': 'Learning rate against step; the nodes can be moved', height }, axes, behind, area, hit, line, handles);
  const place = el('p', { class: 'schedule-place muted small' });
  const element = el('div', { class: 'schedule-editor' }, picture, place);

  const x = (step: number): number => margin.left + (step / nodes.steps.at(-1)!) * (width - margin.left - margin.right);
  const y = (rate: number): number => height - margin.bottom - (rate / top) * (height - margin.top - margin.bottom);
  const at = (event: PointerEvent | MouseEvent): { step: number; rate: number } => {
    const box = picture.getBoundingClientRect();
    return {
      step: ((event.clientX - box.left - margin.left) / (width - margin.left - margin.right)) * nodes.steps.at(-1)!,
      rate: ((height - margin.bottom - (event.clientY - box.top)) / (height - margin.top - margin.bottom)) * top,
    };
  };
  const pathOf = (points: readonly (readonly [number, number])[]): string => points.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`).join('');

  const tell = (index: number): void => {
    place.textContent = `Node ${index + 1} of ${nodes.steps.length}: step ${nodes.steps[index]}, learning rate ${numberWords(nodes.rates[index]!)}`;
  };

  const take = (next: Nodes): void => {
    if (next === nodes) return;
    nodes = next;
    paint();
    changed(nodes);
  };

  const keys = (event: KeyboardEvent, index: number): void => {
    const [step, rate] = [nodes.steps[index]!, nodes.rates[index]!];
    const peak = Math.max(measuredPeak, ...nodes.rates);
    const stride = Math.max(1, nodes.steps.at(-1)! / (event.shiftKey ? 20 : 200));
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [step - stride, rate],
      ArrowRight: [step + stride, rate],
      ArrowUp: [step, rate + peak / (event.shiftKey ? 10 : 100)],
      ArrowDown: [step, rate - peak / (event.shiftKey ? 10 : 100)],
      PageUp: [step, rate + peak / 10],
      PageDown: [step, rate - peak / 10],
      Home: [step, 0],
      End: [step, peak],
    };
    const wanted = moves[event.key];
    if (wanted) take(move(nodes, index, wanted[0], wanted[1]));
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      take(remove(nodes, index));
      focus(Math.min(index, nodes.steps.length - 1));
    } else if (event.key === 'Insert' || event.key === '+') {
      const next = index === nodes.steps.length - 1 ? index - 1 : index;
      insert((nodes.steps[next]! + nodes.steps[next + 1]!) / 2);
    } else return;
    event.preventDefault();
    tell(Math.min(index, nodes.steps.length - 1));
  };

  const focus = (index: number): void => (handles.children[index] as SVGElement | undefined)?.focus();

  const insert = (step: number, rate = rateAt(nodes, step)): number | null => {
    const added = add(nodes, step, rate);
    if (!added) return null;
    take(added.nodes);
    focus(added.index);
    tell(added.index);
    return added.index;
  };

  const drag = (event: PointerEvent, index: number): void => {
    dragged = index;
    picture.setPointerCapture(event.pointerId);
    picture.classList.add('is-dragging');
    focus(index);
    tell(index);
    event.preventDefault();
  };

  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const target = event.target as Element;
    const index = [...handles.children].indexOf(target.closest('.schedule-node') ?? target);
    let pressed: number | null = index < 0 ? null : index;
    if (pressed === null && target === hit) pressed = insert(at(event).step);
    presses = [...presses.slice(-1), { index: pressed, isNew: index < 0 && pressed !== null }];
    if (pressed !== null) drag(event, pressed);
  });
  picture.addEventListener('pointermove', (event) => {
    if (dragged === null) return;
    const { step, rate } = at(event);
    // Near the floor zero is meant.
    take(move(nodes, dragged, step, rate < top * 0.012 ? 0 : Math.min(rate, top)));
    tell(dragged);
  });
  const drop = (): void => {
    if (dragged === null) return;
    dragged = null;
    picture.classList.remove('is-dragging');
    paint();
  };
  picture.addEventListener('pointerup', drop);
  picture.addEventListener('pointercancel', drop);
  // The picture has caught the pointer of a node that is pressed, and with it the target of what comes of the press.
  picture.addEventListener('dblclick', (event) => {
    const [first, second] = presses;
    if (second && second.index !== null) {
      // A double press on the line means the node that its first press made.
      if (!first!.isNew) take(remove(nodes, second.index));
    } else {
      const { step, rate } = at(event);
      if (step > 0 && step < nodes.steps.at(-1)! && rate >= 0) insert(step, Math.min(rate, top));
    }
  });

  const paintAxes = (): void => {
    const bottom = height - margin.bottom;
    const rates = linearTicks({ isLogarithmic: false, minimum: 0, maximum: top }, bottom - margin.top, 52);
    const steps = linearTicks({ isLogarithmic: false, minimum: 0, maximum: nodes.steps.at(-1)! }, width - margin.left - margin.right, 80);
    const named = (name: string, factor: string): string => (factor ? `${name} ${plainText(factor)}` : name);
    replace(
      axes,
      ...rates.major.flatMap(({ value, label }) => [
        svg('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y(value), y2: y(value) }),
        svg('text', { x: margin.left - 12, y: y(value), 'text-anchor': 'end', 'dominant-baseline': 'middle' }, label),
      ]),
      ...steps.major.map(({ value, label }) => svg('text', { x: x(value), y: bottom + 18, 'text-anchor': 'middle' }, label)),
      svg('line', { class: 'axis', x1: margin.left, x2: width - margin.right, y1: bottom, y2: bottom }),
      svg('text', { class: 'label', x: (margin.left + width - margin.right) / 2, y: height - 6, 'text-anchor': 'middle' }, named('step', steps.factor)),
      svg('text', { class: 'label', x: -(margin.top + bottom) / 2, y: 14, 'text-anchor': 'middle', transform: 'rotate(-90)' }, named('learning rate', rates.factor)),
    );
    replace(
      behind,
      ...backdrop.map((curve) => svg('path', { d: pathOf(curve.x.flatMap((step, index) => (step === null || curve.y[index] === null || step > nodes.steps.at(-1)! ? [] : [[x(step), y(curve.y[index]!)] as const]))) }, svg('title', {}, curve.label))),
    );
  };

  const paint = (): void => {
    // The scale holds still while a node is dragged.
    if (dragged === null) top = headroom * (Math.max(measuredPeak, ...nodes.rates) || 1);
    setAttribute(picture, 'viewBox', `0 0 ${width} ${height}`);
    paintAxes();
    const points = nodes.steps.map((step, index) => [x(step), y(nodes.rates[index]!)] as const);
    const path = pathOf(points);
    line.setAttribute('d', path);
    hit.setAttribute('d', path);
    area.setAttribute('d', `${path}L${points.at(-1)![0].toFixed(1)} ${y(0).toFixed(1)}L${points[0]![0].toFixed(1)} ${y(0).toFixed(1)}Z`);
    while (handles.children.length > points.length) handles.lastElementChild!.remove();
    while (handles.children.length < points.length) {
      const node = svg('g', { class: 'schedule-node', tabindex: 0, role: 'slider', 'aria-orientation': 'vertical', 'aria-valuemin': 0 }, svg('circle', { class: 'halo', r: 18 }), svg('circle', { class: 'dot', r: 6 }));
      node.addEventListener('keydown', (event) => keys(event, [...handles.children].indexOf(node)));
      node.addEventListener('focus', () => tell([...handles.children].indexOf(node)));
      handles.append(node);
    }
    points.forEach(([px, py], index) => {
      const node = handles.children[index]!;
      setAttribute(node, 'transform', `translate(${px.toFixed(1)} ${py.toFixed(1)})`);
      setAttribute(node, 'aria-label', `Node ${index + 1} of ${points.length}, step ${nodes.steps[index]}`);
      setAttribute(node, 'aria-valuenow', plain(nodes.rates[index]!));
      setAttribute(node, 'aria-valuemax', plain(top));
      setAttribute(node, 'aria-valuetext', `learning rate ${numberWords(nodes.rates[index]!)} at step ${nodes.steps[index]}`);
    });
  };

  const observer = new ResizeObserver(() => {
    const next = element.clientWidth;
    if (next <= 0 || next === width) return;
    width = next;
    height = Math.round(Math.min(560, Math.max(280, 0.46 * next)));
    setAttribute(picture, 'height', height);
    paint();
  });
  observer.observe(element);
  place.textContent = 'Drag a node, press the line to add one, double-click a node to take it away. With the keyboard: arrows move a node, Insert adds one, Delete takes it away.';

  return {
    element,
    show(next) {
      if (dragged !== null) return;
      nodes = next;
      paint();
    },
    setBackdrop(curves, peak) {
      backdrop = curves;
      measuredPeak = peak;
      paint();
    },
    destroy: () => observer.disconnect(),
  };
}
