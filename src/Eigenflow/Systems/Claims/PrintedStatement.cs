namespace Eigenflow.Systems;

/// <summary>
/// A statement as a paper prints it, beside what holds in its place, with the inputs on which both were tried. It becomes the claim that it holds, or that it fails as printed where it is a known erratum,
/// and the claim that the correction holds; both at the input on which they come off worst.
/// </summary>
internal sealed record PrintedStatement
{
    /// <summary>Identifier, such as <c>proposition-12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The paper, such as <c>arXiv:2511.18661</c>.</summary>
    public required string Paper { get; init; }

    /// <summary>Place in the paper, such as <c>Proposition 12</c>: the name by which pictures and tables show it.</summary>
    public required string Place { get; init; }

    /// <summary>The printed statement.</summary>
    public required string Printed { get; init; }

    /// <summary>What holds in its place, or what can be said beyond it; empty where the trials have no such value.</summary>
    public string Corrected { get; init; } = "";

    /// <summary>Whether the printed statement is known to be wrong.</summary>
    public bool IsErratum { get; init; }

    /// <summary>How the measurement is compared with both.</summary>
    public ClaimTest Test { get; init; } = ClaimTest.AtMost;

    /// <summary>The tolerance of identities, a part of the stated value; 0 for bounds.</summary>
    public double Margin { get; init; }

    /// <summary>What the printed statement promises.</summary>
    public PredictionKind Kind { get; init; } = PredictionKind.Bound;

    /// <summary>What the correction promises.</summary>
    public PredictionKind CorrectedKind { get; init; } = PredictionKind.Bound;

    /// <summary>How the measurements were made, one sentence.</summary>
    public required string Obtained { get; init; }

    /// <summary>The trials, at least one.</summary>
    public required IReadOnlyList<StatementTrial> Trials { get; init; }

    /// <summary>Whether there is a correction.</summary>
    public bool HasCorrection => Corrected.Length > 0;

    /// <summary>The trial on which the printed statement comes off worst.</summary>
    public StatementTrial Worst => Trials.MaxBy(trial => Ratio(trial.Measured, trial.Printed));

    /// <summary>The trial on which the correction comes off worst.</summary>
    public StatementTrial WorstCorrected => Trials.MaxBy(trial => Ratio(trial.Measured, trial.Corrected));

    /// <summary>Largest ratio of measurement and printed statement.</summary>
    public double PrintedRatio => Ratio(Worst.Measured, Worst.Printed);

    /// <summary>Largest ratio of measurement and correction; not a number without one.</summary>
    public double CorrectedRatio => HasCorrection ? Ratio(WorstCorrected.Measured, WorstCorrected.Corrected) : double.NaN;

    /// <summary>
    /// Above one where a statement fails: measured over the bound for upper bounds, the bound over measured for lower ones, and one plus the relative error for what is stated to be equal.
    /// </summary>
    /// <param name="measured">The measured value.</param>
    /// <param name="stated">The bound or value.</param>
    public double Ratio(double measured, double stated) => Test switch
    {
        ClaimTest.AtMost => measured / stated,
        ClaimTest.AtLeast => stated / measured,
        _ => 1 + Math.Abs((stated / measured) - 1),
    };

    /// <summary>The claim about the printed statement, and that about the correction where there is one.</summary>
    public IEnumerable<Claim> Claims()
    {
        var worst = Worst;
        var printed = Of($"printed-{Id}", $"{Place}: {Printed} ({worst.Inputs})", worst, worst.Printed, Kind, $"{Paper}, {Place}", PrintedRatio);
        yield return IsErratum ? printed.AsErratum(HasCorrection ? $"what holds is {Corrected}, with the ratio {DisplayNumber.Of(CorrectedRatio, 3)}" : "it is a misprint") : printed;
        if (HasCorrection)
        {
            worst = WorstCorrected;
            yield return Of($"{(IsErratum ? "corrected" : "sharper")}-{Id}", $"{Place}, {(IsErratum ? "corrected" : "sharper")}: {Corrected} ({worst.Inputs})", worst, worst.Corrected, CorrectedKind, "derived (docs/errata.md)", CorrectedRatio);
        }
    }

    private Claim Of(string id, string statement, StatementTrial trial, double stated, PredictionKind kind, string source, double ratio) => Claim.Of(
        Test, id, statement, stated, trial.Measured, Margin, source,
        $"{Obtained}; {RatioWords} {DisplayNumber.Of(ratio)}{(Trials.Count > 1 ? $", the largest of {Trials.Count} trials" : "")}", kind, trial.Half);

    private string RatioWords => Test switch
    {
        ClaimTest.AtMost => "measured/bound",
        ClaimTest.AtLeast => "bound/measured",
        _ => "1 + relative error",
    };
}
