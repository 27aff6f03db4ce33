namespace Eigenflow.Solutions;

/// <summary>A report of how far a long operation is.</summary>
/// <param name="Fraction">Part done, 0 to 1.</param>
/// <param name="Activity">What is being done, a few words.</param>
public readonly record struct Progress(double Fraction, string Activity);
