using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The rows of a loss curve and the columns they become.</summary>
internal sealed class LossRows(ScalingLawProblem problem)
{
    public static readonly IReadOnlyList<NamedQuantity> Quantities =
    [
        new("loss", "E", "Excess risk E = ½ E⟨φ, v − θ*⟩² (without σ²/2): approximation + signal + noise. For law-infinite the bound functional M^(−sβ) + e + noise, which is E up to constants."),
        new("approximation", "D_M", "What the model size leaves: D_M = ½ Σ_{j > M} λ_j θ*_j²; M^(−sβ) for law-infinite."),
        new("signal", "½e", "What the mean iterate has not learned: ½ Σ λ_j (E δ_j)², with E δ_j = θ*_j Π(1 − ηλ_j) for exact and sgd, and ½ e_M(t), half the profile of the sheet, in intrinsic time; for law-infinite e(t) = (1 + t)^(−s) itself. It does not see noise, batch or sampling."),
        new("noise", "½𝒩", "Scatter of the iterate around its mean, ½ Σ λ_j Var δ_j: label noise, unseen features, and what sampling makes of the signal itself (the terms η²λ²m/B); for law half the convolution of the schedule with K_M; for law-infinite the convolution with (1 + t)^(−(2 − 1/β)) itself. For sgd: loss − approximation − signal of the exact moments."),
        new("irreducible", "σ²/2", "Risk of the label noise, which no model removes and no other column contains."),
        new("rate", "η", "Learning rate of the next step."),
    ];

    private readonly List<long> steps = [];
    private readonly List<double> times = [];
    private readonly List<double> losses = [];
    private readonly List<double> approximations = [];
    private readonly List<double> signals = [];
    private readonly List<double> noises = [];

    public int Count => steps.Count;

    public void Add(long step, MomentEngine engine) => Add(step, engine.Time, engine.Loss, engine.Approximation, engine.Signal, engine.NoisePart);

    public void Add(long step, double time, double loss, double approximation, double signal, double noise)
    {
        steps.Add(step);
        times.Add(time);
        losses.Add(loss);
        approximations.Add(approximation);
        signals.Add(signal);
        noises.Add(noise);
    }

    public List<Observable> Columns()
    {
        double[][] values =
        [
            [.. losses], [.. approximations], [.. signals], [.. noises], [.. steps.Select(_ => problem.Noise / 2)],
            [.. steps.Select(step => problem.Schedule.RateAt(Math.Min(step, problem.Schedule.Steps - 1)))],
        ];
        var columns = new List<Observable>
        {
            new("t", "t", "Intrinsic time t_k = Σ_{i<k} η_i.", [.. times]),
            new("step", "k", "Number of update steps.", [.. steps.Select(step => (double)step)]),
        };
        columns.AddRange(Quantities.Select((quantity, k) => new Observable(quantity.Name, quantity.Symbol, quantity.Meaning, values[k])));
        return columns;
    }
}
