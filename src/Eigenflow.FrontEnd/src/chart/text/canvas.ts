import { parseRich, ScriptSize, unbroken } from './rich';

/** How texts look on a canvas. */
export interface Face {
  readonly family: string;
}

const widths = new Map<string, number>();
const CapHeight = 0.73;

const fontOf = (face: Face, size: number, isBold: boolean, isVariable: boolean): string => `${isVariable ? 'italic ' : ''}${isBold ? '600 ' : ''}${size}px ${face.family}`;
/** Height of capitals at a size. */
export const capHeight = (size: number): number => CapHeight * size;

/** Width of a rich text in CSS pixels. */
export function measureRich(context: CanvasRenderingContext2D, face: Face, text: string, size: number, isBold = false): number {
  const key = `${size}|${isBold}|${face.family}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const before = context.font;
  let width = 0;
  for (const run of parseRich(text)) {
    context.font = fontOf(face, run.level === 0 ? size : ScriptSize * size, isBold, run.isVariable);
    width += context.measureText(run.text).width;
  }
  context.font = before;
  if (widths.size > 4000) widths.clear();
  widths.set(key, width);
  return width;
}

/** Draws a rich text with its baseline beginning at a place; vertical texts run upwards. */
export function drawRich(context: CanvasRenderingContext2D, face: Face, text: string, x: number, y: number, size: number, color: string, isVertical = false, isBold = false): void {
  context.save();
  context.translate(x, y);
  if (isVertical) context.rotate(-Math.PI / 2);
  context.fillStyle = color;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  let pen = 0;
  for (const run of parseRich(text)) {
    context.font = fontOf(face, run.level === 0 ? size : ScriptSize * size, isBold, run.isVariable);
    context.fillText(run.text, pen, run.level === 0 ? 0 : run.level > 0 ? -0.37 * size : 0.16 * size);
    pen += context.measureText(run.text).width;
  }
  context.restore();
}

/** Breaks a text at spaces into lines that fit a width; formulas stay whole. */
export function wrapRich(context: CanvasRenderingContext2D, face: Face, text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of unbroken(paragraph).split(' ').filter(Boolean)) {
      const longer = line ? `${line} ${word}` : word;
      if (!line || measureRich(context, face, longer, size) <= width) {
        line = longer;
        continue;
      }
      lines.push(line);
      line = word;
    }
    if (line) lines.push(line);
  }
  return lines;
}

/** Forgets measured widths, for when a font has come. */
export const forgetWidths = (): void => widths.clear();
