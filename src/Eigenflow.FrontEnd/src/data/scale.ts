/** About as many round numbers from 0 to a largest one. */
export function roundTicks(most: number, count: number): number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0];
  const rough = most / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * unit).find((size) => size >= rough * 0.999) ?? 10 * unit;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (exponent: number): string => (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((digit) => raised[Number(digit)]).join('');

/** A number beside an axis: as it is between 0.001 and 100 000, else with a power of ten. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(4)));
  const exponent = Math.floor(Math.log10(size) + 1e-12);
  const factor = Number((value / 10 ** exponent).toPrecision(4));
  return factor === 1 ? `10${superscript(exponent)}` : `${factor}×10${superscript(exponent)}`;
}
