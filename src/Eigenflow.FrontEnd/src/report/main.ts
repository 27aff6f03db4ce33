import './report.css';
import { createChart, dataTable, type Figure } from '../chart';

export { createChart, dataTable } from '../chart';

// The pictures of a report that have data become charts when they come into view; without this script, and in print, the pictures stand.
const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) open(entry.target as HTMLElement);
  },
  { rootMargin: '400px 0px' },
);

function open(picture: HTMLElement): void {
  observer.unobserve(picture);
  const data = document.getElementById(picture.dataset['figure'] ?? '')?.textContent;
  if (!data) return;
  const host = document.createElement('div');
  host.className = 'chart';
  picture.after(host);
  try {
    const figure = JSON.parse(data) as Figure;
    createChart(host, {}, { hasTitle: false, hasCaption: false }).update(figure);
    host.append(tableOf(figure));
    picture.classList.add('replaced');
  } catch (error) {
    host.remove();
    throw error;
  }
}

/** The numbers of a figure, which are made into a table when they are asked for. */
function tableOf(figure: Figure): HTMLElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Data';
  details.append(summary);
  details.addEventListener('toggle', () => details.append(dataTable(figure)), { once: true });
  return details;
}

for (const picture of document.querySelectorAll<HTMLElement>('.picture[data-figure]')) observer.observe(picture);
