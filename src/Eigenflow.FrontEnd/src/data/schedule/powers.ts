import { displayNumber } from '../../chart';

const raised: Readonly<Record<string, string>> = { '−': '⁻', '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹' };

/** A text with raised numbers as letters, for names and places where there is no mark-up. */
export const lettered = (text: string): string => text.replace(/\^\{([−\-\d]+)\}/g, (_, exponent: string) => [...exponent].map((letter) => raised[letter] ?? letter).join(''));

/** A number for reading, as letters. */
export const numberWords = (value: number): string => lettered(displayNumber(value));
