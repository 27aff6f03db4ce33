using Eigenflow.Numerics.Special;
using Eigenflow.Spectra;
using MathNet.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The numbers that decide whether the predictions hold for a problem, each from the theory alone (docs/systems/phase-retrieval.md, section 11).
/// Work O(n) each.
/// </summary>
internal sealed class PhaseRetrievalWindows
{
    private readonly PhaseRetrievalProblem problem;
    private readonly WeightedModes modes;
    private readonly double overlap;
    private readonly Lazy<double> convergence;

    public PhaseRetrievalWindows(PhaseRetrievalProblem problem, WeightedModes modes)
    {
        this.problem = problem;
        this.modes = modes;
        overlap = modes.TeacherOverlap;
        Escape = EscapeTheory.Of(modes);
        Sign = Escape.Coefficient < 0 ? -1 : 1;
        Sharp = new SharpLaw(modes, Sign);
        convergence = new Lazy<double>(() => Sharp.TimeTo(problem.Accuracy));
        EscapeTime = Escape.Coefficient == 0 ? double.NaN : Escape.TimeTo(problem.EscapeThreshold * overlap);
    }

    public EscapeTheory Escape { get; }

    public SharpLaw Sharp { get; }

    public int Sign { get; }

    /// <summary>T₁ by the linear theory; not a number where u never grows.</summary>
    public double EscapeTime { get; }

    /// <summary>T₂ by the sharp law.</summary>
    public double ConvergenceTime => convergence.Value;

    /// <summary>s(T₁)/(s*/3) in the linear theory, with u = C e^(ρt): beyond Phase I the growth of every mode is slowed by the factor 1 − 3s/s*.</summary>
    public double LateSelfOverlap()
    {
        if (!(EscapeTime > 0))
            return modes.Moments(1).Start / (overlap / 3);
        return modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * Square(Linear(j, EscapeTime))) / (overlap / 3);
    }

    /// <summary>|u(0)|/(δ s*): at one and more the start has escaped already.</summary>
    public double EscapedAtStart() => Math.Abs(modes.Moments(1).Cross) / (problem.EscapeThreshold * overlap);

    /// <summary>
    /// Estimate of the relative error of T₁: what the other rates add to u at T₁, |ln(u₁/(δs*))| with u₁ from the modes that u = C e^(ρt) drives, and the
    /// slowing by s, ∫ 3s/s* dt ≈ s(T₁)/(s*/3)/(2ρ), both over ρT₁.
    /// </summary>
    public double EscapeError()
    {
        var driven = Sign * modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Teacher[j] * Linear(j, EscapeTime));
        return (Math.Abs(Math.Log(driven / (problem.EscapeThreshold * overlap))) + (LateSelfOverlap() / 2)) / (Escape.Rate * EscapeTime);
    }

    /// <summary>At T₁ in the linear theory: u⁽²⁾/(κ₂u) − 1, s/(κ_s u²) − 1, and the self overlap (s − κ_s u²)/(s*/3) that the growing mode leaves out.</summary>
    /// <param name="mode">The growing mode.</param>
    public (double Correlation, double Overlap, double Excess) OtherModes(EscapeMode mode)
    {
        double first = 0, second = 0, self = 0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var value = Linear(j, EscapeTime);
            var part = modes.Weights[j] * modes.Eigenvalues[j] * modes.Teacher[j] * value;
            first += part;
            second += modes.Eigenvalues[j] * part;
            self += modes.Weights[j] * modes.Eigenvalues[j] * value * value;
        }

        var own = mode.OverlapRatio * first * first;
        return ((second / (mode.CorrelationRatio(2) * first)) - 1, (self / own) - 1, (self - own) / (overlap / 3));
    }

    /// <summary>p₀(T₂)/τ₁(2T₂) − 1 with p₀(t) = Σ λ_i (w*_i ∓ w_i(0))² e^(−16λ_i s* t): what the start carries of the late loss, which the sharp law leaves out.</summary>
    public double StartShare() => Math.Abs((Quadratic(ConvergenceTime) / Sharp.Tail(2 * ConvergenceTime)) - 1);

    /// <summary>β(T₂) = −d ln p₀/d ln t at T₂: the local exponent of the loss for this spectrum, teacher and start.</summary>
    public double LocalExponent()
    {
        var time = ConvergenceTime;
        return 16 * overlap * time * modes.Sum(j => modes.Weights[j] * (modes.Eigenvalues[j] * modes.Rates[j]) * Square(Gap(j)) * Decay(j, time)) / Quadratic(time);
    }

    /// <summary>|4 s* p₀(T₂)/(K T₂^(−β)) − 1|.</summary>
    /// <param name="constant">K.</param>
    /// <param name="exponent">β.</param>
    public double ConstantError(double constant, double exponent) =>
        Math.Abs((4 * overlap * Quadratic(ConvergenceTime) / (constant * Math.Pow(ConvergenceTime, -exponent))) - 1);

    /// <summary>The MSE that is left at T₂ when every mode relaxes by itself, over the plateau ‖w*‖²/d, minus one.</summary>
    public double PlateauError() => Math.Abs((SquaredDistance(ConvergenceTime) / modes.TeacherNormSquared) - 1);

    /// <summary>The relative difference between the half time of the MSE with the deviation of this teacher and start at T₂, and with a flat one.</summary>
    /// <param name="flat">The half time of the flat benchmark.</param>
    public double HalfTimeError(double flat)
    {
        const double Widest = 1e6;
        var start = ConvergenceTime;
        var half = SquaredDistance(start) / 2;
        double low = Math.Log(flat / Widest), high = Math.Log(flat * Widest);
        if (!(SquaredDistance(start + (flat / Widest)) > half && SquaredDistance(start + (flat * Widest)) < half))
            return double.PositiveInfinity;
        while (high - low > 1e-9)
        {
            var middle = 0.5 * (low + high);
            if (SquaredDistance(start + Math.Exp(middle)) > half)
                low = middle;
            else
                high = middle;
        }

        return Math.Abs((Math.Exp(low) / flat) - 1);
    }

    /// <summary>
    /// The smallest sum over all times of the relative corrections of 1 − S_d ≈ Γ(1 − 1/a) x_d/d: 1/(2x_dΓ) from the first mode, (x_d/d)^(a−1)/((a − 1)Γ) from the
    /// last one, and x_d(T₂)/x_d from the modes that have relaxed before T₂.
    /// </summary>
    /// <param name="law">A power law with a &gt; 1.</param>
    public double MiddleCorrection(PowerLawSpectrum law)
    {
        const int PerOctave = 4;
        var a = law.Exponent;
        var gamma = SpecialFunctions.Gamma(1 - (1 / a));
        double dimension = law.Dimension, relaxed = SpectralRelaxation.RelaxedModes(law, ConvergenceTime * overlap), smallest = double.PositiveInfinity;
        for (var k = 0; k <= PerOctave * Math.Log2(dimension); k++)
        {
            var x = Math.Pow(2, (double)k / PerOctave);
            smallest = Math.Min(smallest, (((1 / (2 * x)) + (Math.Pow(x / dimension, a - 1) / (a - 1))) / gamma) + (relaxed / x));
        }

        return smallest;
    }

    // w_j(t) of the linear theory: its own growth, and what u = C e^(ρt) drives.
    private double Linear(int j, double time)
    {
        var own = 4 * modes.Rates[j] * overlap;
        var gap = Escape.Rate - own;
        var driven = gap == 0 ? time : -Exponential.MinusOne(-gap * time) / gap;
        return (modes.Start[j] * Math.Exp(own * time)) + (8 * modes.Rates[j] * modes.Teacher[j] * Escape.Coefficient * Math.Exp(Escape.Rate * time) * driven);
    }

    private double Quadratic(double time) => Sharp.SecondTail(time);

    private double SquaredDistance(double time) => modes.Sum(j => modes.Weights[j] * Square(Gap(j)) * Decay(j, time));

    private double Gap(int j) => modes.Teacher[j] - (Sign * modes.Start[j]);

    private double Decay(int j, double time) => Math.Exp(-16 * modes.Rates[j] * overlap * time);

    private static double Square(double value) => value * value;
}
