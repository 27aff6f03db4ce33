import './report.css';
import { createChart, type Figure } from '../chart';

export { createChart } from '../chart';

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
    const chart = createChart(host, {}, { hasTitle: false, hasCaption: false });
    chart.update(JSON.parse(data) as Figure);
    picture.classList.add('replaced');
  } catch (error) {
    host.remove();
    throw error;
  }
}

for (const picture of document.querySelectorAll<HTMLElement>('.picture[data-figure]')) observer.observe(picture);
