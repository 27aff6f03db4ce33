import { SeriesInks } from './color/inks';
import type { Axis, Figure, Numbers, Panel, Series } from './figure';
import { element } from './panel/elements';
import { valueOn } from './panel/readout';
import { displayNumber, panelLetter } from './text/number';
import { plainText, setRich } from './text/rich';

// Longer tables show this many rows until all are asked for.
const FirstRows = 20;

/** Columns of one table, of equal length. */
export interface DataColumns {
  readonly heads: readonly string[];
  readonly columns: readonly Numbers[];
  /** The axis by which a column is read, for names in place of numbers. */
  readonly axes: readonly (Axis | null)[];
}

const isSame = (a: Numbers, b: Numbers): boolean => a === b || (a.length === b.length && a.every((value, index) => value === b[index]));

// On a map dots mark cells: what they are called says what is there, and their ordinate is that of the map.
const headOf = (series: Series, inks: SeriesInks, panel: Panel): string => (panel.heatMap ? `${panel.y.label || 'y'}, ${nameOf(series, inks, panel)}` : nameOf(series, inks, panel));

const nameOf = (series: Series, inks: SeriesInks, panel: Panel): string =>
  inks.isScaled(series) && (inks.hasBar || !series.label) ? `${inks.label} = ${displayNumber(series.value)}` : series.label || panel.y.label || 'value';

/** The numbers of a panel as tables: series over the same abscissae stand side by side, grids are listed cell by cell. */
export function panelColumns(panel: Panel, inks: SeriesInks): DataColumns[] {
  const groups: Series[][] = [];
  for (const series of panel.series) {
    if (series.x.length === 0) continue;
    const group = groups.find((members) => isSame(members[0]!.x, series.x));
    if (group) group.push(series);
    else groups.push([series]);
  }
  const tables: DataColumns[] = groups.map((group) => {
    const heads = [panel.x.label || 'x'];
    const columns: Numbers[] = [group[0]!.x];
    const axes: (Axis | null)[] = [panel.x];
    const add = (head: string, column: Numbers | undefined): void => {
      if (!column) return;
      heads.push(head);
      columns.push(column);
      axes.push(panel.y);
    };
    for (const series of group) {
      const name = headOf(series, inks, panel);
      add(name, series.y);
      add(`${name}, lower`, series.lower);
      add(`${name}, upper`, series.upper);
      add(`${name}, expected`, series.expected);
    }
    return { heads, columns, axes };
  });
  const { heatMap, field } = panel;
  if (heatMap) tables.unshift(gridColumns(panel, heatMap.x, heatMap.y, [[heatMap.label || 'value', heatMap.values]]));
  if (field) tables.push(gridColumns(panel, field.x, field.y, [[`${field.label}, horizontal`, field.horizontalParts], [`${field.label}, vertical`, field.verticalParts]]));
  return tables;
}

function gridColumns(panel: Panel, x: Numbers, y: Numbers, parts: readonly (readonly [string, Numbers])[]): DataColumns {
  const cells = x.length * y.length;
  const across = Array.from({ length: cells }, (_, cell) => x[cell % x.length]!);
  const up = Array.from({ length: cells }, (_, cell) => y[Math.floor(cell / x.length)]!);
  return { heads: [panel.x.label || 'x', panel.y.label || 'y', ...parts.map(([head]) => head)], columns: [across, up, ...parts.map(([, values]) => values)], axes: [panel.x, panel.y, ...parts.map(() => null)] };
}

/** The numbers of a figure as tables that a reader of the screen can read. */
export function dataTable(figure: Figure): HTMLElement {
  const inks = new SeriesInks(figure);
  const root = element('div', 'ef-table');
  (figure.panels ?? []).forEach((panel, index) => {
    const name = panel.title || `${panel.y.label} against ${panel.x.label}`;
    for (const data of panelColumns(panel, inks)) root.append(tableOf(data, (figure.panels?.length ?? 0) > 1 ? `${panelLetter(index)} ${name}` : name));
    if (panel.images) {
      const { x, y, width, height } = panel.images;
      root.append(element('p', '', `${plainText(name)}: ${x.length * y.length} pictures of ${width} by ${height} pixels.`));
    }
  });
  return root;
}

function tableOf(data: DataColumns, name: string): HTMLElement {
  const table = element('table');
  const caption = element('caption');
  setRich(caption, name);
  const head = element('tr');
  for (const text of data.heads) {
    const cell = element('th');
    cell.scope = 'col';
    setRich(cell, text);
    head.append(cell);
  }
  const body = element('tbody');
  const count = data.columns[0]!.length;
  const fill = (from: number, to: number): void => {
    for (let row = from; row < to; row++) {
      const line = element('tr');
      data.columns.forEach((column, index) => {
        const value = column[row] ?? null;
        const axis = data.axes[index];
        const cell = element(index === 0 ? 'th' : 'td');
        if (index === 0) (cell as HTMLTableCellElement).scope = 'row';
        setRich(cell, value !== null && axis?.categories?.length ? valueOn(axis, value) : displayNumber(value, 6));
        line.append(cell);
      });
      body.append(line);
    }
  };
  fill(0, Math.min(count, FirstRows));
  table.append(caption, element('thead', '', head), body);
  const scroll = element('div', 'ef-table-scroll', table);
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'group');
  scroll.setAttribute('aria-label', `Data of ${plainText(name)}`);
  const box = element('div', 'ef-table-part', scroll);
  if (count > FirstRows) {
    const more = element('button', 'ef-tool', `Show all ${count} rows`);
    more.type = 'button';
    more.addEventListener('click', () => {
      fill(FirstRows, count);
      more.remove();
      scroll.focus();
    });
    box.append(more);
  }
  return box;
}
