/** The colours of a page, as its variables --ef-… have them. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
  readonly shade: string;
  readonly neutral: string;
  readonly series: readonly string[];
  readonly sequence: readonly string[];
}

const SeriesCount = 12;
export const SequenceCount = 32;

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(`--ef-${name}`).trim() || '#808080';
  return {
    background: color('background'),
    text: color('text'),
    muted: color('muted'),
    axis: color('axis'),
    grid: color('grid'),
    shade: color('shade'),
    neutral: color('series-neutral'),
    series: Array.from({ length: SeriesCount }, (_, index) => color(`series-${index}`)),
    sequence: Array.from({ length: SequenceCount }, (_, index) => color(`sequence-${index}`)),
  };
}

/** A colour with an opacity. */
export function withAlpha(color: string, alpha: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (!hex) return color;
  return `#${hex}${Math.round(255 * alpha).toString(16).padStart(2, '0')}`;
}

const channels = (color: string): number[] => /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)?.slice(1).map((part) => parseInt(part, 16)) ?? [];

/** A colour between two: the part says how much there is of the second. */
export function between(first: string, second: string, part: number): string {
  const [a, b] = [channels(first), channels(second)];
  if (a.length === 0 || b.length === 0) return first;
  return `#${a.map((value, index) => Math.round(value + part * (b[index]! - value)).toString(16).padStart(2, '0')).join('')}`;
}

/** Tells when the page's theme changes: its own choice or that of the system. */
export function followTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}

// The scale of heat maps: dark blue over green to pale yellow, lightness ascending evenly, one for both themes (the same anchors as pictures have).
const Anchors = [0x20174f, 0x2b3f86, 0x27678f, 0x218d8c, 0x4db177, 0xa3cf56, 0xfbf0a3];

/** Red, green and blue of the 256 levels of heat maps. */
export const scaleLevels: readonly (readonly [number, number, number])[] = Array.from({ length: 256 }, (_, level) => {
  const place = (level / 255) * (Anchors.length - 1);
  const index = Math.min(Math.floor(place), Anchors.length - 2);
  const channel = (shift: number): number => {
    const low = (Anchors[index]! >> shift) & 255;
    const high = (Anchors[index + 1]! >> shift) & 255;
    return Math.round(low + (place - index) * (high - low));
  };
  return [channel(16), channel(8), channel(0)];
});
