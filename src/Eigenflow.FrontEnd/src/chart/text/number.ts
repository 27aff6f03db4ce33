import { fixed } from '../axes/ticks';

/** A number for reading, as rich text: so many significant digits, powers of ten beyond five digits or below a thousandth, a true minus sign. */
export function displayNumber(value: number | null | undefined, digits = 4): string {
  if (value == null || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
  const magnitude = Number(exponent);
  if (magnitude >= -3 && magnitude < 5) {
    const text = fixed(value, Math.max(0, digits - 1 - magnitude));
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
  const lead = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${lead === '1' ? '' : lead === '-1' ? '−' : `${lead.replace('-', '−')}×`}10^{${String(magnitude).replace('-', '−')}}`;
}

/** The letter of a panel, such as `(b)`, by its place; as many as the alphabet has. */
export const panelLetter = (index: number): string => (index < 26 ? `(${String.fromCharCode(97 + index)})` : `(${index + 1})`);
