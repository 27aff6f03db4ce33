import { fraction, shows, type Range } from './range';

/** A labelled tick; its label is rich text. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** The ticks of an axis, with a common factor of the labels such as `× 10^{−5}`, or empty. */
export interface Ticks {
  readonly major: readonly Tick[];
  readonly minor: readonly number[];
  readonly factor: string;
}

const signed = (text: string): string => text.replaceAll('-', '−');
const power = (exponent: number): string => `10^{${signed(String(exponent))}}`;
const powerOfTen = (exponent: number): number => Number(`1e${exponent}`);

/** A number with a fixed count of decimals and a true minus sign; zero has none. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return signed(/[1-9]/.test(text) ? text : text.replace('-', ''));
}

const multiple = (digit: number, exponent: number, isPlain: boolean): string =>
  isPlain ? fixed(digit * 10 ** exponent, Math.max(0, -exponent)) : digit === 1 ? power(exponent) : `${digit}×${power(exponent)}`;

/** Names: one at every whole number, or at every second, third, … where there is no room for all. */
export function categoryTicks(names: readonly string[], range: Range, length: number, spacing: number): Ticks {
  const shown = Math.abs(range.maximum - range.minimum);
  const every = Math.max(1, Math.ceil((shown * spacing) / length - 1e-9));
  return { major: names.map((label, index) => ({ value: index + 1, label })).filter(({ value }, index) => index % every === 0 && shows(range, value)), minor: [], factor: '' };
}

/** Steps of 1, 2 or 5 times a power of ten, decimals as the step needs them, and a common power of ten when numbers are 10⁵ and more or below 10⁻³. */
export function linearTicks(range: Range, length: number, spacing: number): Ticks {
  const half = 0.5 * range.maximum - 0.5 * range.minimum;
  let raw = 2 * half * Math.min(1, spacing / length);
  if (!Number.isFinite(raw)) raw = half;
  let exponent = Math.floor(Math.log10(raw) + 1e-9);
  let digit = [1, 2, 5].find((candidate) => candidate * 10 ** exponent >= raw * (1 - 1e-9)) ?? 10;
  if (digit === 10) {
    digit = 1;
    exponent += 1;
  }
  const step = digit * 10 ** exponent;
  const largest = Math.max(Math.abs(range.minimum), Math.abs(range.maximum));
  const magnitude = Math.floor(Math.log10(largest) + 1e-12);
  const scale = magnitude >= 5 || magnitude < -3 ? magnitude : 0;
  const decimals = Math.min(15, Math.max(0, scale - exponent));
  const major: Tick[] = [];
  const from = Math.ceil(range.minimum / step - 1e-9);
  for (let i = 0; i < 200 && shows(range, (from + i) * step); i++) {
    const value = (from + i) * step;
    major.push({ value, label: fixed(value / 10 ** scale, decimals) });
  }
  // Minor ticks divide the step so that each part is again 1, 2 or 5 times a power of ten.
  const parts = digit === 2 ? 4 : 5;
  const minor: number[] = [];
  const small = Math.ceil((range.minimum / step) * parts - 1e-9);
  for (let i = 0; i < 2000 && shows(range, ((small + i) * step) / parts); i++) if ((small + i) % parts !== 0) minor.push(((small + i) * step) / parts);
  return { major, minor, factor: scale === 0 ? '' : `× ${power(scale)}` };
}

// Digits that are labelled below a decade, and where two decades have ticks.
const Fine = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]];
const Coarse = [
  [1, 2, 5],
  [1, 3],
];
const Steps = [1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500];

/** Powers of ten with three decades on the axis, thinned to the room; with two also their multiples; below, the multiples 1, 2, 5 or 1…9; far below a decade, round numbers. */
export function logTicks(range: Range, length: number, spacing: number): Ticks {
  const first = Math.ceil(range.minimum - 1e-9);
  const last = Math.floor(range.maximum + 1e-9);
  if (last - first >= 2) return decades(range, first, last, length, spacing);
  // Two labels do not show that an axis is logarithmic; three do.
  const found = multiples(range, length, spacing, last > first ? Coarse : Fine, 3);
  if (last > first) return found ?? decades(range, first, last, length, spacing);
  // So narrow that the scale is nearly linear.
  const linear = linearTicks({ isLogarithmic: false, minimum: 10 ** range.minimum, maximum: 10 ** range.maximum }, length, spacing * 1.5);
  return found ?? (linear.major.length >= 3 ? linear : (multiples(range, length, spacing, Fine, 2) ?? linear));
}

function decades(range: Range, first: number, last: number, length: number, spacing: number): Ticks {
  const perDecade = length / (range.maximum - range.minimum);
  const step = Steps.find((candidate) => candidate * perDecade >= spacing) ?? 1000;
  const major: Tick[] = [];
  for (let exponent = first; exponent <= last; exponent++) if (exponent % step === 0) major.push({ value: powerOfTen(exponent), label: power(exponent) });
  const minor: number[] = [];
  for (let exponent = first - 1; exponent <= last; exponent++) {
    if (step > 1) {
      // Decades between labels, as long as they can be told apart.
      if (exponent % step !== 0 && exponent >= first && perDecade >= 3) minor.push(powerOfTen(exponent));
    } else if (perDecade >= 18) {
      for (let digit = 2; digit <= 9; digit++) if (shows(range, digit * powerOfTen(exponent))) minor.push(digit * powerOfTen(exponent));
    }
  }
  return { major, minor, factor: '' };
}

// The first choice of multiples of powers of ten that has enough labels with room between them; null where none has.
function multiples(range: Range, length: number, spacing: number, choices: readonly (readonly number[])[], fewest: number): Ticks | null {
  const all: { digit: number; exponent: number; value: number }[] = [];
  for (let exponent = Math.floor(range.minimum); exponent <= Math.floor(range.maximum) + 1; exponent++)
    for (let digit = 1; digit <= 9; digit++) {
      const value = digit * powerOfTen(exponent);
      if (shows(range, value)) all.push({ digit, exponent, value });
    }
  for (const digits of choices) {
    const chosen = all.filter((candidate) => digits.includes(candidate.digit));
    const fits = chosen.length >= fewest && chosen.every((next, index) => index === 0 || (fraction(range, next.value) - fraction(range, chosen[index - 1]!.value)) * length >= spacing);
    if (!fits) continue;
    // One notation along an axis: all plain, or all with powers of ten.
    const isPlain = chosen.every((candidate) => candidate.exponent >= -3 && candidate.exponent < 4);
    return {
      major: chosen.map((candidate) => ({ value: candidate.value, label: multiple(candidate.digit, candidate.exponent, isPlain) })),
      minor: all.filter((candidate) => !chosen.includes(candidate)).map((candidate) => candidate.value),
      factor: '',
    };
  }
  return null;
}

/** Widens the spacing until the labels along a horizontal axis fit: the room that they take is known only with the ticks. */
export function horizontalTicks(names: readonly string[], range: Range, length: number, spacing: number, gap: number, measure: (label: string) => number): Ticks {
  for (; ; spacing *= 1.25) {
    const ticks = names.length > 0 ? categoryTicks(names, range, length, spacing) : range.isLogarithmic ? logTicks(range, length, spacing) : linearTicks(range, length, 1.4 * spacing);
    const widths = ticks.major.map((tick) => measure(tick.label));
    const fits = ticks.major.every((tick, index) => {
      if (index === 0) return true;
      const before = ticks.major[index - 1]!;
      return (fraction(range, tick.value) - fraction(range, before.value)) * length >= (widths[index]! + widths[index - 1]!) / 2 + gap;
    });
    if (fits || spacing > length) return ticks;
  }
}

// Digits of the ticks of a strip, so near to each other that one of them lies far out in any range.
const StripDigits = [1, 1.5, 2, 3, 4, 5, 6, 8];
const FarOut = 0.75;

/** Zero and one value on either side of it, so that the size of departures can be read however low a strip is; the range is symmetric. */
export function stripTicks(range: Range): Ticks {
  const most = FarOut * range.maximum;
  const exponent = Math.floor(Math.log10(most) + 1e-12);
  const digit = StripDigits.findLast((candidate) => candidate <= (most / 10 ** exponent) * (1 + 1e-9)) ?? 1;
  const value = digit * 10 ** exponent;
  const scale = exponent >= 5 || exponent < -3 ? exponent : 0;
  const decimals = Math.max(0, scale - exponent + (digit === 1.5 ? 1 : 0));
  return { major: [-value, 0, value].map((at) => ({ value: at, label: at === 0 ? '0' : fixed(at / 10 ** scale, decimals) })), minor: [-value / 2, value / 2], factor: scale === 0 ? '' : `× ${power(scale)}` };
}

export function verticalTicks(names: readonly string[], range: Range, length: number, isStrip: boolean): Ticks {
  return names.length > 0 ? categoryTicks(names, range, length, 14.4) : isStrip ? stripTicks(range) : range.isLogarithmic ? logTicks(range, length, 24) : linearTicks(range, length, 34);
}
