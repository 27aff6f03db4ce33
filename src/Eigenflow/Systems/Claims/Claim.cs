using System.Text.Json.Serialization;

namespace Eigenflow.Systems;

/// <summary>
/// A prediction put to the test: what was predicted and measured, how well the measurement is known, how far and at which size it was tested.
/// The verdict is no part of it but follows from it (<see cref="Verdict"/>), so that the two cannot contradict each other.
/// </summary>
public sealed partial record Claim
{
    /// <summary>What <see cref="Uncertainty"/> is unless a claim says otherwise.</summary>
    public const string UsualInterval = "95 % interval";

    /// <summary>Identifier, such as <c>escape-rate-a2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What is claimed, one sentence with the parameters of the test.</summary>
    public required string Statement { get; init; }

    /// <summary>The predicted value (or the bound); not a number where the prediction says nothing.</summary>
    public required double Predicted { get; init; }

    /// <summary>The measured value; not a number where the run did not reach what is to be measured.</summary>
    public required double Measured { get; init; }

    /// <summary>Half-width of the interval of the measurement, not negative; not a number where it could not be determined; null when the measurement has no noise.</summary>
    public double? Uncertainty { get; init; }

    /// <summary>What the interval is, with its level.</summary>
    public string Interval { get; init; } = UsualInterval;

    /// <summary>How measured and predicted value are compared.</summary>
    public required ClaimTest Test { get; init; }

    /// <summary>The tolerance, not negative: a part of the prediction or an absolute number, as <see cref="Test"/> says; 0 for bounds.</summary>
    public double Margin { get; init; }

    /// <summary>The criterion in words, such as <c>within 2 %</c>.</summary>
    [JsonIgnore]
    public string Tolerance => Test switch
    {
        ClaimTest.Relative => DisplayText.Of($"within {Margin * 100:G4} %"),
        ClaimTest.Absolute => Margin == 0 ? "exactly" : DisplayText.Of($"within ± {Margin:G4}"),
        ClaimTest.AtMost => "at most",
        _ => "at least",
    };

    /// <summary>What the prediction promises.</summary>
    public PredictionKind Kind { get; init; } = PredictionKind.Exact;

    /// <summary>Paper and equation, or <c>derived</c> with where.</summary>
    public required string Source { get; init; }

    /// <summary>How the measurement was made, one sentence.</summary>
    public required string Obtained { get; init; }

    /// <summary>Where the source claims it, in words; empty when everywhere.</summary>
    public string Window { get; init; } = "";

    /// <summary>Why the prediction says nothing here; empty inside its window.</summary>
    public string Outside { get; init; } = "";

    /// <summary>What the test lacks to tell, such as replicas or points; empty where it can.</summary>
    public string Lacks { get; init; } = "";

    /// <summary>
    /// What holds in place of a printed statement that is known to be wrong; empty for all other claims. Such a claim is confirmed by a disagreement (<see cref="Verdict.FailsAsPrinted"/>), and fails where the
    /// statement holds as it is printed.
    /// </summary>
    public string Correction { get; init; } = "";

    /// <summary>How far along its trajectory it was tested; null for what has none.</summary>
    public ClaimHorizon? Horizon { get; init; }

    /// <summary>The sizes at which it was tested, such as dimension and replicas.</summary>
    public IReadOnlyList<ClaimScale> Scales { get; init; } = [];

    /// <summary>Horizon, sizes and window of the test in words, such as <c>up to t = 1000; at d = 100 (claimed: 300), runs = 40; window: everywhere</c>.</summary>
    [JsonIgnore]
    public string Tested => string.Join("; ", new[]
    {
        Horizon is { } horizon ? "up to " + horizon : "",
        Scales.Count > 0 ? "at " + string.Join(", ", Scales) : "",
        "window: " + (Window.Length > 0 ? Window : "everywhere"),
    }.Where(part => part.Length > 0));

    /// <summary>A claim of equality within a relative tolerance.</summary>
    public static Claim Relative(
        string id, string statement, double predicted, double measured, double tolerance, string source, string obtained,
        PredictionKind kind = PredictionKind.Exact, double? uncertainty = null) =>
        Of(ClaimTest.Relative, id, statement, predicted, measured, tolerance, source, obtained, kind, uncertainty);

    /// <summary>A claim of equality within an absolute tolerance.</summary>
    public static Claim Absolute(
        string id, string statement, double predicted, double measured, double tolerance, string source, string obtained,
        PredictionKind kind = PredictionKind.Exact, double? uncertainty = null) =>
        Of(ClaimTest.Absolute, id, statement, predicted, measured, tolerance, source, obtained, kind, uncertainty);

    /// <summary>A claim that the measurement is at most a bound.</summary>
    public static Claim AtMost(
        string id, string statement, double bound, double measured, string source, string obtained,
        PredictionKind kind = PredictionKind.Bound, double? uncertainty = null) =>
        Of(ClaimTest.AtMost, id, statement, bound, measured, 0, source, obtained, kind, uncertainty);

    /// <summary>A claim that the measurement is at least a bound.</summary>
    public static Claim AtLeast(
        string id, string statement, double bound, double measured, string source, string obtained,
        PredictionKind kind = PredictionKind.Bound, double? uncertainty = null) =>
        Of(ClaimTest.AtLeast, id, statement, bound, measured, 0, source, obtained, kind, uncertainty);

    /// <summary>A claim of any test; bounds leave the margin at 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance or half-width is negative, or the tolerance not a number.</exception>
    public static Claim Of(
        ClaimTest test, string id, string statement, double predicted, double measured, double margin, string source, string obtained, PredictionKind kind, double? uncertainty = null)
    {
        if (!(margin >= 0))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "a tolerance is not negative");
        if (uncertainty < 0)
            throw new ArgumentOutOfRangeException(nameof(uncertainty), uncertainty, "the half-width of an interval is not negative");
        return new Claim
        {
            Id = id,
            Statement = statement,
            Predicted = predicted,
            Measured = measured,
            Uncertainty = uncertainty,
            Test = test,
            Margin = margin,
            Kind = kind,
            Source = source,
            Obtained = obtained,
        };
    }

    /// <summary>The same claim with the end of its trajectory.</summary>
    /// <param name="tested">Last time or step of the test.</param>
    /// <param name="symbol">The variable.</param>
    /// <param name="claimed">Time or step up to which the source claims it, or null.</param>
    public Claim UpTo(double tested, string symbol = "t", double? claimed = null) => this with { Horizon = new ClaimHorizon(symbol, tested, claimed) };

    /// <summary>The same claim as one for all times, which needs a run of <see cref="ClaimHorizon.AllTimes"/> times the horizon.</summary>
    /// <param name="tested">Last time or step of the test.</param>
    /// <param name="horizon">Horizon of the source, or of a test of what is not claimed for all times.</param>
    /// <param name="symbol">The variable.</param>
    public Claim ForAllTimes(double tested, double horizon, string symbol = "t") => this with { Horizon = new ClaimHorizon(symbol, tested, horizon, IsForAllTimes: true) };

    /// <summary>The same claim with one more size of its test.</summary>
    /// <param name="quantity">Name or symbol.</param>
    /// <param name="tested">Size of the test.</param>
    /// <param name="claimed">Size in the source, or null.</param>
    public Claim At(string quantity, double tested, double? claimed = null) => this with { Scales = [.. Scales, new ClaimScale(quantity, tested, claimed)] };

    /// <summary>The same claim with the window in which it is made.</summary>
    /// <param name="window">The window in words.</param>
    public Claim Over(string window) => this with { Window = window };

    /// <summary>The same claim as a printed statement that is known to be wrong.</summary>
    /// <param name="correction">What holds in its place, in words.</param>
    public Claim AsErratum(string correction) => this with { Correction = correction };

    /// <inheritdoc/>
    public override string ToString() => DisplayNumber.Compared(Predicted, Measured, Uncertainty) is var (predicted, measured)
        ? $"{VerdictWords.Of(Verdict),-16} {Statement}: predicted {predicted}, measured {measured} ({Tolerance}){(Reason.Length > 0 ? "; " + Reason : "")}" : "";
}
