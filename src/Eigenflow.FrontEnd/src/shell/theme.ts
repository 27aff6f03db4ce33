// The theme of the page: that of the system, or the one that was chosen. theme-choice.js applies the choice before the first paint.

export type Theme = 'system' | 'light' | 'dark';

const key = 'eigenflow-theme';
const order: readonly Theme[] = ['system', 'light', 'dark'];

export const nextTheme = (theme: Theme): Theme => order[(order.indexOf(theme) + 1) % order.length] ?? 'system';

export function chosenTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Applies a theme and keeps it; charts learn of it by the event `eigenflow-theme` of the document. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  document.dispatchEvent(new CustomEvent('eigenflow-theme', { detail: theme }));
}

/** Whether the page is dark now. */
export const isDark = (): boolean => {
  const theme = chosenTheme();
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
};

/** Follows the theme, chosen or of the system; gives what ends that. */
export function onTheme(follower: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  document.addEventListener('eigenflow-theme', follower);
  media.addEventListener('change', follower);
  return () => {
    document.removeEventListener('eigenflow-theme', follower);
    media.removeEventListener('change', follower);
  };
}

/** Paper is light, whatever the theme of the page; it is begun before charts are drawn for it. */
export function printInLight(): void {
  let before: Theme = 'system';
  addEventListener('beforeprint', () => {
    before = chosenTheme();
    document.documentElement.dataset['theme'] = 'light';
  });
  addEventListener('afterprint', () => {
    if (before === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = before;
  });
}
