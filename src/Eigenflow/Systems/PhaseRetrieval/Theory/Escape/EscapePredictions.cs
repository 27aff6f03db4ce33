namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>What the theory of Phase I states beyond rate, coefficient and linear time: bounds, the corrected time, its law over random starts, and the correlations of the growing mode.</summary>
internal static class EscapePredictions
{
    private const string Paper = "arXiv:2511.18661";
    private const string Derived = "derived (docs/systems/phase-retrieval.md)";
    private const string Size = "κ_s s* δ²", Reached = "|u(0)|/(δs*)", Typical = "σ_u(0)/(δs*)";
    private const string OtherCorrelation = "u⁽²⁾/(κ₂u) − 1", OtherOverlap = "s/(κ_s u²) − 1", Excess = "(s − κ_s u²)/(s*/3)";

    private static readonly WindowCondition Below = new(Reached, WindowRelation.Below, 1, "overlap of the start against the threshold", IsRequired: true);
    private static readonly WindowCondition Small = new(Size, WindowRelation.AtMost, CorrectedEscape.LargestSize, "s/s* at the escape on the growing mode", IsRequired: true);
    private static readonly WindowCondition Early = new(Reached, WindowRelation.AtMost, 0.5, "overlap of the start against the threshold");
    private static readonly WindowCondition SmallExcess = new(Excess, WindowRelation.AtMost, 0.05, "self overlap at T₁ that the growing mode leaves out, against its value at the saddle, linear theory");
    private static readonly WindowCondition OneCorrelation = new(OtherCorrelation, WindowRelation.AtMost, 0.05, "part of the other modes in u⁽²⁾ at T₁, linear theory");
    private static readonly WindowCondition OneOverlap = new(OtherOverlap, WindowRelation.AtMost, 0.05, "part of the other modes in s at T₁, linear theory");
    private static readonly WindowCondition SmallTypical = new(Typical, WindowRelation.AtMost, 0.2, "standard deviation of u(0) over random starts against the threshold");
    private static readonly WindowCondition SmallMode = Small with { IsRequired = false };

    /// <summary>Names, symbols, meanings and windows.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("escape-rate-lower-bound", "ρ₋", "Lower bound 4s* s*⁽³⁾/s*⁽²⁾ + 8s*⁽²⁾ of the escape rate: the Rayleigh quotient of Qw*."),
        new("escape-rate-upper-bound", "ρ₊", "Upper bound 4s*λ₁ + 8s*⁽²⁾ of the escape rate."),
        new("escape-coefficient-bound", "|C|₊", "Largest |C| of a start of this length: ‖w(0)‖/√(8D′)."),
        new("escape-time-corrected", "T₁ᶜ", "Escape time with all exponentials of Phase I and the saturation of the growing mode: T_modal + T_c − T_lin.") { Window = [Below, Small, Early, SmallExcess], Unmarked = "near T₁, which is drawn" },
        new("escape-time-mean", "⟨T₁⟩", "Mean of the linear escape time over random starts: [ln(δs*√(8dD′)) + 0.6352]/ρ.") { Window = [SmallTypical, SmallMode], Unmarked = "of all random starts" },
        new("escape-time-median", "med T₁", "Median of the linear escape time over random starts: [ln(δs*√(8dD′)) + 0.3938]/ρ.") { Window = [SmallTypical, SmallMode], Unmarked = "of all random starts" },
        new("escape-time-deviation", "σ(T₁)", "Standard deviation of the linear escape time over random starts: π/(2√2 ρ).") { Window = [SmallTypical, SmallMode] },
        new("sign-change-probability", "P_±", "Probability over random starts that u ends with the other sign than u(0): arccos(1/√(8s*⁽²⁾D′))/π."),
        new("correlation-ratio", "κ₂", "u⁽²⁾/u while the growing mode dominates: (ρ − 8s*⁽²⁾)/(4s*).") { Window = [SmallMode, OneCorrelation] },
        new("overlap-ratio", "κ_s", "s/u² while the growing mode dominates: 64 Σ w*_i² λ_i³/(ρ − 4λ_i s*)².") { Window = [SmallMode, OneOverlap] },
    ];

    /// <summary>Adds them for a problem.</summary>
    /// <param name="list">The list, with the numbers that windows name.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes.</param>
    /// <param name="windows">The numbers of its windows.</param>
    /// <param name="dead">Why u never grows; empty where it does.</param>
    /// <param name="other">Why none of them holds, such as a preconditioner; empty where they do.</param>
    public static void Add(PredictionList list, PhaseRetrievalProblem problem, WeightedModes modes, PhaseRetrievalWindows windows, string dead, string other = "")
    {
        dead = other.Length > 0 ? other : dead;
        var (mode, bounds, level) = (new EscapeMode(modes), EscapeBounds.Of(modes), problem.EscapeThreshold * modes.TeacherOverlap);
        var law = new Lazy<RandomEscape>(() => RandomEscape.Of(modes, level));
        list.Measure(Size, () => mode.OverlapRatio * problem.EscapeThreshold * level);
        var others = new Lazy<(double Correlation, double Overlap, double Excess)>(() => windows.OtherModes(mode));
        list.Measure(OtherCorrelation, () => Math.Abs(others.Value.Correlation));
        list.Measure(OtherOverlap, () => Math.Abs(others.Value.Overlap));
        list.Measure(Excess, () => Math.Abs(others.Value.Excess));
        list.Measure(Typical, () => RandomEscape.StartDeviation(modes) / level);
        list.Add("escape-rate-lower-bound", () => bounds.Lower, PredictionKind.Bound, $"{Paper}, Phase I", withheld: other);
        list.Add("escape-rate-upper-bound", () => bounds.Upper, PredictionKind.Bound, $"{Paper}, Phase I", withheld: other);
        list.Add("escape-coefficient-bound", () => bounds.CoefficientCap, PredictionKind.Bound, Derived, withheld: other);
        list.Add("escape-time-corrected", () => CorrectedEscape.Of(problem, modes).Time, PredictionKind.Heuristic, Derived, "s ≪ s*/3 at the escape", "flow time", dead);
        var fixedStart = other.Length > 0 ? other : problem.Start.IsRandom ? "" : "the start is not random";
        const string Random = "over starts of variance 1/d, this teacher";
        list.Add("escape-time-mean", () => law.Value.Mean, PredictionKind.Asymptotic, Derived, Random, "flow time", fixedStart);
        list.Add("escape-time-median", () => law.Value.Median, PredictionKind.Asymptotic, Derived, Random, "flow time", fixedStart);
        list.Add("escape-time-deviation", () => law.Value.Deviation, PredictionKind.Asymptotic, Derived, Random, "flow time", fixedStart);
        list.Add("sign-change-probability", () => law.Value.SignChange, PredictionKind.Asymptotic, Derived, Random, withheld: fixedStart);
        list.Add("correlation-ratio", () => mode.CorrelationRatio(2), PredictionKind.Asymptotic, Derived, "after the other exponentials, s ≪ s*/3", withheld: dead);
        list.Add("overlap-ratio", () => mode.OverlapRatio, PredictionKind.Asymptotic, Derived, "after the other exponentials, s ≪ s*/3", withheld: dead);
    }
}
