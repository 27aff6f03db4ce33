// Which predictions are seen, and in which groups.
import type { Prediction } from '../api/contracts';

export const kinds = ['exact', 'asymptotic', 'heuristic', 'bound', 'numerical'] as const;

export interface Choice {
  /** Methods whose curves are shown. */
  readonly shown: readonly string[];
  readonly words: string;
  readonly isByKind: boolean;
}

export interface PredictionGroup {
  readonly title: string;
  readonly predictions: readonly Prediction[];
}

const letters = (text: string): string => text.toLowerCase().replaceAll('-', ' ');

/** Whether all words that were typed stand somewhere in what is said of a prediction. */
export function isFound(prediction: Prediction, words: string): boolean {
  const said = letters([prediction.name, prediction.symbol, prediction.meaning, prediction.source, prediction.kind, prediction.window, prediction.unit, ...prediction.methods].join(' '));
  return letters(words).split(/\s+/).every((word) => said.includes(word));
}

/** Whether a prediction speaks of a curve that is shown. */
export const isOfShown = ({ methods }: Prediction, shown: readonly string[]): boolean => methods.length === 0 || methods.some((method) => shown.includes(method));

/** The predictions that are asked for: those with a number first, in the order of the system or by what they promise; then those of methods that are not shown. */
export function groupsOf(predictions: readonly Prediction[], { shown, words, isByKind }: Choice): readonly PredictionGroup[] {
  const found = predictions.filter((prediction) => isFound(prediction, words));
  const numbers = found.filter((prediction) => prediction.value !== undefined);
  const given = numbers.filter((prediction) => isOfShown(prediction, shown));
  const others = numbers.filter((prediction) => !isOfShown(prediction, shown));
  const withheld = found.filter((prediction) => prediction.value === undefined);
  const groups = isByKind ? kinds.map((kind) => ({ title: kind.charAt(0).toUpperCase() + kind.slice(1), predictions: given.filter((prediction) => prediction.kind === kind) })) : [{ title: '', predictions: given }];
  return [...groups, { title: 'Of other methods', predictions: others }, { title: 'Withheld here', predictions: withheld }].filter((group) => group.predictions.length > 0);
}

/** Predictions of several methods: each with what the first curve shows that shows anything of it. */
export const merged = (answers: readonly (readonly Prediction[])[]): readonly Prediction[] =>
  (answers[0] ?? []).map((prediction, index) => {
    const measured = answers.map((answer) => answer[index]).find((other) => other?.name === prediction.name && other.measured)?.measured;
    return measured ? { ...prediction, measured } : prediction;
  });
