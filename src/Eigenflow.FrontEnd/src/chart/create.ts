import { SeriesInks } from './color/inks';
import { followTheme, readTheme, type Theme } from './color/theme';
import type { Chart, ChartEvents, ChartOptions } from './chart';
import type { Figure } from './figure';
import { columnsOf, placesOf, plotHeight } from './layout/columns';
import { unseenWords } from './layout/visible';
import { element } from './panel/elements';
import { Legend, legendsOf } from './panel/legend';
import { familyBar, modelsOf } from './panel/model';
import { PanelBox, type PanelGround } from './panel/panel';
import { rugWords } from './paint/edges';
import { followPrinting, Paper } from './paper';
import { pageUnit } from './style';
import { forgetWidths } from './text/canvas';
import { panelLetter } from './text/number';
import { setFlowing } from './text/rich';
import type { PanelView } from '../state/system-state';

const Stale = 0.35;

/** Makes a chart at the end of a host. It draws when it is given a figure. */
export function createChart(host: HTMLElement, events: ChartEvents = {}, options: ChartOptions = {}): Chart {
  const root = element('figure', 'ef-chart');
  const title = element('figcaption', 'ef-title');
  const grid = element('div', 'ef-panels');
  const shared = new Legend((label) => toggle(label));
  const caption = element('p', 'ef-caption');
  root.append(title, grid, shared.element, caption);
  host.append(root);

  let figure: Figure | null = null;
  let inks: SeriesInks | null = null;
  let theme: Theme = readTheme(document.documentElement);
  let views: Record<number, PanelView> = {};
  let isStale = false;
  let boxes: PanelBox[] = [];
  let shown = '';
  let width = 0;
  let isOnPaper = false;
  const hidden = new Set<string>();

  const toggle = (label: string): void => {
    if (!hidden.delete(label)) hidden.add(label);
    render();
  };

  const viewed = (index: number, view: PanelView): void => {
    views = { ...views, [index]: view };
    render();
    events.onView?.(index, view);
  };

  const boxAt = (index: number): PanelBox =>
    new PanelBox({
      onView: (view) => viewed(index, view),
      onCell: (cell) => events.onCell?.(index, cell),
      onToggle: toggle,
      hasWindow: events.onView !== undefined && options.hasSlopes !== false,
    });

  function texts(now: Figure, rug: string): void {
    const told = [now.caption ?? '', rug].filter((part) => part !== '').join(' ');
    title.hidden = options.hasTitle === false || !now.title;
    caption.hidden = options.hasCaption === false || !told;
    const key = `${now.title}\n${told}`;
    if (key === shown) return;
    shown = key;
    setFlowing(title, now.title);
    setFlowing(caption, told);
  }

  function render(): void {
    if (!figure || !inks || width < 40) return;
    const panels = figure.panels ?? [];
    const unit = isOnPaper ? Paper.unit : pageUnit();
    const room = isOnPaper ? Paper.width : width / unit;
    const window = isOnPaper ? Paper.height : innerHeight / unit;
    const columns = columnsOf(figure, room, window);
    const places = placesOf(panels.length, columns, room);
    while (boxes.length > panels.length) boxes.pop()!.destroy();
    while (boxes.length < panels.length) {
      const box = boxAt(boxes.length);
      boxes.push(box);
      grid.append(box.element);
    }
    grid.style.gridTemplateColumns = `repeat(${places.tracks}, minmax(0, 1fr))`;
    boxes.forEach((box, index) => (box.element.style.gridColumn = `span ${places.panels[index]!.span}`));
    const models = modelsOf(figure, views, columns, hidden);
    const ground: PanelGround = { inks, theme, face: { family: getComputedStyle(root).fontFamily }, hidden, opacity: isStale ? Stale : 1, unit };
    const family = familyBar(inks, theme);
    const names = Math.max(0, ...models.map((model) => model.panel.y.categories?.length ?? 0));
    const height = options.height ?? plotHeight(places.panels[0]?.width ?? 0, columns, Math.ceil(panels.length / columns), names, models.some((model) => model.strip !== null), window);
    const needs = models.map((model, index) => {
      const letter = panels.length > 1 ? panelLetter(index) : '';
      const hasBar = index === Math.min(columns, panels.length) - 1;
      return boxes[index]!.prepare(model, ground, letter, hasBar ? family : null, places.panels[index]!.width, height);
    });
    const legends = legendsOf(panels, inks, (series, index) => unseenWords(series, models[index]!.panel, models[index]!.x, models[index]!.y, hidden));
    boxes.forEach((box, index) => {
      // Axes are aligned along rows and columns.
      const row = needs.filter((_, other) => Math.floor(other / columns) === Math.floor(index / columns));
      const column = needs.filter((_, other) => other % columns === index % columns);
      const margins = {
        left: Math.max(...column.map((need) => need.left)),
        right: needs[index]!.right,
        top: Math.max(...row.map((need) => need.top)),
        bottom: Math.max(...row.map((need) => need.bottom)),
      };
      box.show(places.panels[index]!.width, margins, legends.own[index]!);
    });
    shared.show(legends.shared, hidden);
    texts(figure, rugWords(models));
  }

  // Drawn in the next frame: what is drawn changes sizes, which must not be told within one.
  let asked = 0;
  const sizes = new ResizeObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      if (isOnPaper || root.clientWidth === width) return;
      width = root.clientWidth;
      render();
    });
  });
  sizes.observe(root);
  const restyle = (): void => {
    theme = readTheme(document.documentElement);
    forgetWidths();
    render();
  };
  const unfollow = followTheme(restyle);
  const stopPrinting = followPrinting((now) => {
    isOnPaper = now;
    restyle();
  });
  void document.fonts?.ready.then(restyle);
  // Told by the core when the window comes to a screen with other pixels.
  window.addEventListener('dppxchange', render);

  return {
    element: root,
    update(next) {
      // What was zoomed stays, as long as a panel shows the same quantities.
      const kept: Record<number, PanelView> = {};
      for (const [key, view] of Object.entries(views)) {
        const [before, after] = [figure?.panels?.[Number(key)], next.panels?.[Number(key)]];
        if (after && (!before || (before.x.label === after.x.label && before.y.label === after.y.label))) kept[Number(key)] = view;
      }
      views = kept;
      figure = next;
      inks = new SeriesInks(next);
      isStale = false;
      width ||= root.clientWidth;
      render();
    },
    setStale(stale) {
      if (stale === isStale) return;
      isStale = stale;
      for (const box of boxes) box.fade(stale ? Stale : 1);
    },
    setViews(next) {
      if (JSON.stringify(next) === JSON.stringify(views)) return;
      views = { ...next };
      render();
    },
    destroy() {
      sizes.disconnect();
      cancelAnimationFrame(asked);
      unfollow();
      stopPrinting();
      window.removeEventListener('dppxchange', render);
      for (const box of boxes) box.destroy();
      boxes = [];
      root.remove();
    },
  };
}
