import { el, svg } from '../../parts/dom';

const way = (title: string, words: string, picture: SVGElement): HTMLElement => el('article', { class: 'card data-way' }, picture, el('h2', {}, title), el('p', { class: 'muted' }, words));
const picture = (...parts: SVGElement[]): SVGElement => svg('svg', { viewBox: '0 0 56 36', 'aria-hidden': 'true' }, ...parts);
const path = (d: string, name = ''): SVGElement => svg('path', { d, class: name });
const dots = (...points: readonly (readonly [number, number])[]): SVGElement[] => points.map(([cx, cy]) => svg('circle', { cx, cy, r: 2.2 }));

/** What can be done with data, for a page that has none yet. */
export const ways = (): HTMLElement =>
  el(
    'div',
    { class: 'data-ways' },
    way(
      'A loss curve',
      'Columns step, loss and learning rate, as loggers write them. Laws are fitted and ranked on what was held out; draw any schedule and its loss follows your hand, with a band; ask for the best one.',
      picture(path('M3 5C8 24 20 27 36 28'), path('M36 28C44 28.5 48 31 53 33', 'faint')),
    ),
    way(
      'A table',
      'Any columns of a sweep. Power laws, floors, breaks and stretched exponentials, with intervals that cover what they say, the window in which they hold, and a verdict that may be no.',
      picture(path('M3 6 53 31'), ...dots([6, 6], [16, 14], [25, 16], [34, 23], [44, 25], [52, 31])),
    ),
    way(
      'Rows or eigenvalues',
      'Samples, a covariance, or its eigenvalues. Noise, components or a power law, with exponent, interval and window; and the learning curves that the spectrum implies in every system that takes one.',
      picture(path('M3 5h6v26H3zM14 13h6v18h-6zM25 19h6v12h-6zM36 24h6v7h-6zM47 27h6v4h-6z')),
    ),
  );
