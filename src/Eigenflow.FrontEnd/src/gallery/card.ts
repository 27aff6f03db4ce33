import type { SystemEntry } from '../api/contracts';

export const thumbnailWidth = 480;
export const thumbnailHeight = 288;

/** The card of a system: one link, the picture above, the paper below. */
export function card(entry: SystemEntry): HTMLElement {
  const article = document.createElement('article');
  article.className = 'system-card card';
  article.dataset['system'] = entry.id;
  const picture = document.createElement('img');
  picture.className = 'system-picture';
  picture.width = thumbnailWidth;
  picture.height = thumbnailHeight;
  picture.loading = 'lazy';
  picture.decoding = 'async';
  picture.alt = `A figure of the theory: ${entry.title}`;
  const words = document.createElement('div');
  words.className = 'system-words';
  const family = document.createElement('p');
  family.className = 'system-family';
  family.textContent = entry.family;
  const title = document.createElement('h3');
  title.className = 'system-title';
  const link = document.createElement('a');
  link.href = `#/systems/${encodeURIComponent(entry.id)}`;
  link.textContent = entry.title;
  title.append(link);
  const question = document.createElement('p');
  question.className = 'system-question';
  question.textContent = entry.question;
  const paper = document.createElement('p');
  paper.className = 'system-paper';
  paper.textContent = entry.paper;
  words.append(family, title, question, paper);
  article.append(picture, words);
  return article;
}

/** Gives the picture the colours of the page. */
export function showThumbnail(node: HTMLElement, isDark: boolean): void {
  const picture = node.querySelector<HTMLImageElement>('.system-picture')!;
  const address = `api/systems/${encodeURIComponent(node.dataset['system']!)}/thumbnail.svg?theme=${isDark ? 'dark' : 'light'}`;
  if (picture.getAttribute('src') !== address) picture.src = address;
}

/** The place of a card whose system is not known yet. */
export function emptyCard(): HTMLElement {
  const article = document.createElement('div');
  article.className = 'system-card card is-empty';
  article.setAttribute('aria-hidden', 'true');
  const picture = document.createElement('div');
  picture.className = 'system-picture skeleton';
  const words = document.createElement('div');
  words.className = 'system-words';
  for (const width of ['s', 'l', 'm']) {
    const line = document.createElement('div');
    line.className = `skeleton skeleton-line is-${width}`;
    words.append(line);
  }
  article.append(picture, words);
  return article;
}
