import { displayNumber, plainText } from '../../chart';

/** A number for reading, as letters. */
export const numberWords = (value: number): string => plainText(displayNumber(value));
