using System.Globalization;

namespace Eigenflow.Systems;

/// <summary>The outcome of putting a prediction to the test.</summary>
public enum Verdict
{
    /// <summary>The measurement agrees within the tolerance.</summary>
    Holds,

    /// <summary>The measurement disagrees.</summary>
    Fails,

    /// <summary>The prediction says nothing there.</summary>
    OutOfWindow,
}

/// <summary>A prediction put to the test.</summary>
public sealed record Claim
{
    /// <summary>Identifier, such as <c>escape-rate-a2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is claimed, one sentence with the parameters of the test.</summary>
    public required string Statement { get; init; }

    /// <summary>The predicted value (or the bound).</summary>
    public required double Predicted { get; init; }

    /// <summary>The measured value.</summary>
    public required double Measured { get; init; }

    /// <summary>Half-width of the interval of the measurement (what it is stands in <see cref="Obtained"/>), or null when it has no noise.</summary>
    public double? Uncertainty { get; init; }

    /// <summary>The criterion in words, such as <c>within 2 %</c>.</summary>
    public required string Tolerance { get; init; }

    /// <summary>The outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the prediction promises.</summary>
    public PredictionKind Kind { get; init; } = PredictionKind.Exact;

    /// <summary>Paper and equation, or <c>derived</c> with where.</summary>
    public required string Source { get; init; }

    /// <summary>How the measurement was made, one sentence.</summary>
    public required string Obtained { get; init; }

    /// <summary>A claim of equality within a relative tolerance.</summary>
    public static Claim Relative(
        string id, string statement, double predicted, double measured, double tolerance, string source, string obtained,
        PredictionKind kind = PredictionKind.Exact, double? uncertainty = null) => new()
        {
            Id = id,
            Statement = statement,
            Predicted = predicted,
            Measured = measured,
            Uncertainty = uncertainty,
            Tolerance = string.Create(CultureInfo.InvariantCulture, $"within {tolerance * 100:0.##########} %"),
            Verdict = Decide(Math.Abs(measured - predicted) <= tolerance * Math.Abs(predicted)),
            Kind = kind,
            Source = source,
            Obtained = obtained,
        };

    /// <summary>A claim of equality within an absolute tolerance.</summary>
    public static Claim Absolute(
        string id, string statement, double predicted, double measured, double tolerance, string source, string obtained,
        PredictionKind kind = PredictionKind.Exact, double? uncertainty = null) => new()
        {
            Id = id,
            Statement = statement,
            Predicted = predicted,
            Measured = measured,
            Uncertainty = uncertainty,
            Tolerance = tolerance == 0 ? "exactly" : string.Create(CultureInfo.InvariantCulture, $"within ± {tolerance:G4}"),
            Verdict = Decide(Math.Abs(measured - predicted) <= tolerance),
            Kind = kind,
            Source = source,
            Obtained = obtained,
        };

    /// <summary>A claim that the measurement is at most a bound.</summary>
    public static Claim AtMost(
        string id, string statement, double bound, double measured, string source, string obtained,
        PredictionKind kind = PredictionKind.Bound, double? uncertainty = null) => new()
        {
            Id = id,
            Statement = statement,
            Predicted = bound,
            Measured = measured,
            Uncertainty = uncertainty,
            Tolerance = "at most",
            Verdict = Decide(measured <= bound),
            Kind = kind,
            Source = source,
            Obtained = obtained,
        };

    /// <summary>A claim that the measurement is at least a bound.</summary>
    public static Claim AtLeast(
        string id, string statement, double bound, double measured, string source, string obtained,
        PredictionKind kind = PredictionKind.Bound, double? uncertainty = null) => new()
        {
            Id = id,
            Statement = statement,
            Predicted = bound,
            Measured = measured,
            Uncertainty = uncertainty,
            Tolerance = "at least",
            Verdict = Decide(measured >= bound),
            Kind = kind,
            Source = source,
            Obtained = obtained,
        };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict,-11} {Statement}: predicted {Predicted:G6}, measured {Measured:G6}{(Uncertainty is { } half ? $" ± {half:G2}" : "")} ({Tolerance})");

    // A comparison with NaN is false, so a measurement that is not a number fails.
    private static Verdict Decide(bool holds) => holds ? Verdict.Holds : Verdict.Fails;
}
