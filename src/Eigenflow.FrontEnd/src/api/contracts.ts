// What the server of the explorer answers (src/Eigenflow.Explorer/Contracts).
import type { Figure, SlopeGuide } from '../chart/figure';

export interface SystemEntry {
  readonly id: string;
  readonly title: string;
  /** The family of systems among which lists show it. */
  readonly family: string;
  /** The question that it answers, in one line. */
  readonly question: string;
  readonly summary: string;
  readonly paper: string;
}

/** Where a slider goes: on a logarithmic one the step is in decades, and zero may stand before the rest. */
export interface Slider {
  readonly from: number;
  readonly to: number;
  readonly isLogarithmic: boolean;
  readonly hasZero: boolean;
  readonly isWhole: boolean;
  readonly step: number;
}

export interface Parameter {
  readonly name: string;
  readonly symbol: string;
  readonly kind: 'number' | 'integer' | 'choice' | 'text' | 'list';
  readonly help: string;
  readonly unit: string;
  /** The allowed values in words. */
  readonly allowed: string;
  /** Whether every method reads it. */
  readonly isOfProblem: boolean;
  /** As it is typed; absent where the system derives it from the other values. */
  readonly default?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minimumIsOpen?: boolean;
  readonly maximumIsOpen?: boolean;
  /** Of numbers only. */
  readonly slider?: Slider;
  readonly choices?: readonly string[];
  readonly forms?: readonly string[];
  readonly examples?: readonly string[];
  /** What must be chosen for it to mean anything. */
  readonly onlyWith?: { readonly parameter: string; readonly value: string };
}

export interface Method {
  readonly name: string;
  readonly summary: string;
  readonly role: 'theory' | 'approximation' | 'simulation' | 'ensemble';
  /** Names of the parameters that it reads beside those of the problem. */
  readonly parameters?: readonly string[];
}

export interface Quantity {
  readonly name: string;
  /** The name in words, as a label. */
  readonly words: string;
  readonly symbol: string;
  readonly meaning: string;
}

export interface SystemTables extends SystemEntry {
  readonly parameters: readonly Parameter[];
  readonly methods: readonly Method[];
  readonly observables: readonly Quantity[];
  readonly events: readonly Quantity[];
  readonly predictions: readonly Quantity[];
  /** Methods whose curves go with the predictions, in milliseconds. */
  readonly learningCurves: readonly string[];
  readonly citations: readonly { readonly identifier: string; readonly title: string; readonly bibTeX: string }[];
}

/** A quantity that a map can show. */
export interface MapOffer {
  readonly value: string;
  /** What it is one of. */
  readonly group: string;
  readonly words: string;
  readonly meaning: string;
}

/** What a map of a run can show, and the map that is shown where none is asked for. */
export interface MapMenu {
  readonly quantities: readonly MapOffer[];
  readonly map?: { readonly x: string; readonly y: string; readonly quantity: string };
}

export interface RunRequest {
  readonly method: string;
  readonly setting: Readonly<Record<string, string>>;
}

export interface RunAnswer {
  readonly method: string;
  /** The canonical setting, as it is typed. */
  readonly setting: Readonly<Record<string, string>>;
  readonly status: 'completed' | 'diverged' | 'failed' | 'cancelled';
  readonly message: string;
  readonly warnings: readonly string[];
  /** An event without a time was not reached. */
  readonly events: readonly { readonly name: string; readonly time?: number }[];
  readonly summary: readonly { readonly name: string; readonly value: number }[];
  readonly rows: number;
  readonly wallSeconds: number;
  /** Parameters that it may not have, whatever their value; absent of drafts and simulations. */
  readonly leftOut?: readonly string[];
  /** What was typed for it, where this page asked for it. */
  readonly asked?: Readonly<Record<string, string>>;
}

export interface DrawAnswer {
  readonly seconds: number;
  readonly runs: readonly RunAnswer[];
  /** Kept curves that the server had. */
  readonly kept?: readonly RunAnswer[];
  /** Numbers of those kept curves that it did not have. */
  readonly missing?: readonly number[];
  /** Whether a curve is a draft, at a tolerance that no picture shows: the one asked for is solved once the slider rests. */
  readonly isDraft?: boolean;
  /** What is seen, in a sentence. */
  readonly sentence?: string;
  readonly figure: Figure;
}

export interface Prediction {
  readonly name: string;
  /** The name in words, as a label. */
  readonly words: string;
  readonly symbol: string;
  /** Absent where it is withheld. */
  readonly value?: number;
  /** The value with its unit; absent with it. */
  readonly shown?: string;
  readonly unit: string;
  readonly kind: 'exact' | 'asymptotic' | 'heuristic' | 'bound' | 'numerical';
  readonly source: string;
  readonly validity: string;
  readonly meaning: string;
  /** Methods of whose curves it speaks; none: all. */
  readonly methods: readonly string[];
  readonly window: 'inside' | 'outside' | 'withheld' | 'unchecked';
  /** The conditions that fail, or why it is withheld. */
  readonly reason: string;
  /** The value as it is read. */
  readonly text?: string;
  /** What the curve of the method shows of it. */
  readonly measured?: Measured;
}

export interface Measured {
  readonly value: number;
  readonly half: number;
  /** With its interval where it has one. */
  readonly text: string;
  /** What it is compared with. */
  readonly predicted: number;
  readonly predictedText: string;
  readonly difference?: number;
  readonly differenceText?: string;
  /** What it says beside the predicted number where no difference is told. */
  readonly verdict?: string;
  /** What was measured and where. */
  readonly place: string;
}

/** A task that draws figures of a paper and checks its claims. */
export interface ClaimTask {
  readonly id: string;
  readonly title: string;
  /** Numbers of the paper's figures. */
  readonly figures: readonly number[];
  /** Expected seconds of one core. */
  readonly seconds: number;
  /** Whether it is about what the paper leaves open. */
  readonly isBeyond: boolean;
  /** The verdicts of a task that was done, counted. */
  readonly summary?: string;
}

export type VerdictWord = 'holds' | 'fails' | 'fails as printed' | 'out of window' | 'inconclusive' | 'reduced';

export interface Claim {
  readonly id: string;
  readonly statement: string;
  readonly verdict: VerdictWord;
  readonly predictedText: string;
  readonly measuredText: string;
  readonly toleranceText: string;
  readonly kind: string;
  readonly source: string;
  readonly obtained: string;
  readonly tested: string;
  readonly reason: string | null;
}

export interface ClaimResult {
  readonly summary: string;
  readonly claims: readonly Claim[];
  readonly figures: readonly Figure[];
}

/** The exponent of a curve on a window. */
export interface Fit {
  readonly series: number;
  readonly label: string;
  readonly exponent: number;
  readonly lower: number;
  readonly upper: number;
  readonly points: number;
  readonly isPowerLaw: boolean;
  readonly verdict: string;
  readonly text: string;
  readonly guide: SlopeGuide;
}

export interface FitAnswer {
  readonly fits: readonly Fit[];
  /** What is seen, with the fits. */
  readonly sentence: string;
}
