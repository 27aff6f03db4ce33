using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Finds the steps at which phases begin, and the extremes on the way, from states told in order of their steps. O(1) per state.</summary>
internal sealed class PhaseTracker
{
    /// <summary>Names as hosts spell them.</summary>
    public const string Escape = "escape", SpikeSurface = "spike-surface", BulkSurface = "bulk-surface", Half = "half", Aligned = "aligned", Contraction = "contraction", Target = "target";

    private long escape = -1;
    private long spike = -1;
    private long bulk = -1;
    private long half = -1;
    private long aligned = -1;
    private long contraction = -1;
    private long target = -1;
    private long largestLoudStep;
    private long smallestAlignmentStep;
    private double largestLoud = double.NegativeInfinity;
    private double alignmentAtLargestLoud = double.NaN;
    private double smallestAlignment = double.PositiveInfinity;

    /// <summary>T at which the student counts as escaped: a tenth of the initial residual −q₀ has been explained.</summary>
    public double EscapeResidual { get; init; } = -0.9;

    /// <summary>a² at which the signal has been learned.</summary>
    public double ContractionSquare { get; init; } = 0.9;

    /// <summary>h_b at which the spike counts as saturated: zero for updates of fixed size, a twentieth of the initial −q_b q₀ where the growth fades out.</summary>
    public double LoudSlope { get; init; }

    /// <summary>L at which the event target is reached.</summary>
    public double LossTarget { get; init; } = DescentMethod.UsualLossTarget;

    /// <summary>The descriptions of the events.</summary>
    public static IReadOnlyList<NamedQuantity> Events { get; } =
    [
        new(Escape, "t_esc", "First time with T ≥ −0.9 q₀, a tenth of the initial residual: the escape from the start is over."),
        new(SpikeSurface, "t_b", "The spike stops growing: first time with h_b ≥ 0 (GD: h_b ≥ −q_b q₀/20). The plateau of GD begins; the additive phase of spectral descent ends."),
        new(BulkSurface, "t_c", "First time with h_c ≥ 0: the bulk stops growing. Sliding begins in spectral descent."),
        new(Half, "t_½", "First time with a² ≥ ½; the step of it is the summary number half-step."),
        new(Aligned, "t_A", "First time with A_F ≥ 0.9."),
        new(Contraction, "t_con", "The signal has been learned and noise contracts: a² ≥ 0.9 for GD; a² ≥ 1 − 1/(d + 2) for spectral descent, where sliding ends."),
        new(Target, "t_L", "First time with L ≤ loss-target."),
    ];

    /// <summary>The descriptions of the summary numbers.</summary>
    public static IReadOnlyList<NamedQuantity> Numbers { get; } =
    [
        new("half-step", "k_½", "First step with a² ≥ ½."),
        new("aligned-step", "k_A", "First step with A_F ≥ 0.9."),
        new("largest-spike", "b_max", "Largest |b|."),
        new("largest-spike-step", "k_b", "Step of the largest |b|."),
        new("largest-spike-alignment", "A_F(k_b)", "Alignment A_F at the largest |b|."),
        new("smallest-alignment", "A_min", "Smallest alignment A_F."),
        new("smallest-alignment-step", "k_min", "Step of the smallest alignment."),
        new("target-step", "k_L", "First step with L ≤ loss-target."),
    ];

    /// <summary>Records a state.</summary>
    /// <param name="step">k.</param>
    /// <param name="signalSquare">a².</param>
    /// <param name="loud">b.</param>
    /// <param name="residual">T.</param>
    /// <param name="loudSlope">h_b.</param>
    /// <param name="quietSlope">h_c.</param>
    /// <param name="alignment">A_F.</param>
    /// <param name="loss">L.</param>
    public void Record(long step, double signalSquare, double loud, double residual, double loudSlope, double quietSlope, double alignment, double loss)
    {
        if (escape < 0 && residual >= EscapeResidual)
            escape = step;
        if (spike < 0 && loudSlope >= LoudSlope)
            spike = step;
        if (bulk < 0 && quietSlope >= 0)
            bulk = step;
        if (half < 0 && signalSquare >= 0.5)
            half = step;
        if (aligned < 0 && alignment >= 0.9)
            aligned = step;
        if (contraction < 0 && signalSquare >= ContractionSquare)
            contraction = step;
        if (target < 0 && loss <= LossTarget)
            target = step;
        var size = Math.Abs(loud);
        if (size > largestLoud)
        {
            largestLoud = size;
            largestLoudStep = step;
            alignmentAtLargestLoud = alignment;
        }

        if (alignment < smallestAlignment)
        {
            smallestAlignment = alignment;
            smallestAlignmentStep = step;
        }
    }

    /// <summary>The times of the events; null for those that were not reached.</summary>
    public IReadOnlyDictionary<string, double?> Times(Func<long, double> timeOf)
    {
        double? Time(long step) => step < 0 ? null : timeOf(step);
        return new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            [Escape] = Time(escape),
            [SpikeSurface] = Time(spike),
            [BulkSurface] = Time(bulk),
            [Half] = Time(half),
            [Aligned] = Time(aligned),
            [Contraction] = Time(contraction),
            [Target] = Time(target),
        };
    }

    /// <summary>The summary numbers that exist.</summary>
    public IReadOnlyList<SummaryNumber> Summary()
    {
        double[] values =
        [
            half, aligned, largestLoud, double.IsFinite(largestLoud) ? largestLoudStep : -1, alignmentAtLargestLoud, smallestAlignment, double.IsFinite(smallestAlignment) ? smallestAlignmentStep : -1, target,
        ];
        return [.. Numbers.Zip(values).Where(pair => pair.Second >= 0 && double.IsFinite(pair.Second)).Select(pair => new SummaryNumber(pair.First.Name, pair.First.Symbol, pair.Second, pair.First.Meaning))];
    }
}
