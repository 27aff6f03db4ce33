using Eigenflow.Numerics;
using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>
/// Exact errors for large n and d at a fixed ratio, of ridge regression and of gradient flow, for any spectrum (derived): the deterministic equivalent of the engine in the units of this system.
/// With sums over samples, λ = n λ_engine, and the flow of the sum runs n times as fast as that of the mean.
/// </summary>
internal sealed class ExactTheory
{
    private const int RidgeGrid = 120;
    private const double MostRidge = 1e300;
    private readonly MultiscaleProblem problem;
    private readonly RidgeEquivalent equivalent;
    private readonly FlowContour flow;
    private readonly double power;

    public ExactTheory(MultiscaleProblem problem)
    {
        this.problem = problem;
        equivalent = problem.Equivalent();
        flow = new FlowContour(equivalent, problem.Ridge / problem.Samples);
        power = problem.Power;
    }

    /// <summary>The problem.</summary>
    public MultiscaleProblem Problem => problem;

    /// <summary>The renormalised ridge κ_r of the sum over samples.</summary>
    public double Kappa(double ridge) => problem.Samples * equivalent.At(ridge / problem.Samples).Kappa;

    /// <summary>Ridge regression; the error is infinite without a ridge at n = d.</summary>
    /// <param name="ridge">λ ≥ 0.</param>
    public StudentError Ridge(double ridge)
    {
        var at = equivalent.At(ridge / problem.Samples);
        var risk = at.Risk(problem.Noise);
        var aligned = power - (at.Kappa * at.Resolution.Target);
        var noise = risk.Labels + risk.LabelsAndFeatures;
        return StudentError.Of(power, aligned, 0.5 * Math.Max(0, risk.Bias + risk.Data + risk.Features + risk.Both), 0.5 * noise);
    }

    /// <summary>Gradient flow from zero with the ridge of the problem as weight decay.</summary>
    /// <param name="time">t ≥ 0.</param>
    public StudentError Flow(double time)
    {
        var state = flow.At(problem.Samples * time);
        return StudentError.Of(power, state.Aligned, 0.5 * state.Signal, 0.5 * problem.Noise * state.Noise);
    }

    /// <summary>The ridge with the smallest error, searched from that of a relaxed to that of an untouched student, and beyond where noise is strong.</summary>
    /// <returns>λ, 0 where less is always better, and the error.</returns>
    public (double Ridge, double Error) BestRidge()
    {
        var edges = SampleEdges.Of(problem with { Ridge = 0 });
        var (from, to) = (-Math.Log(edges.RelaxedTime), -Math.Log(edges.FirstTime));
        var (place, value) = ScalarMinimum.FindBeyond(log => Ridge(Math.Exp(log)).Error, from, to, from, Math.Log(MostRidge), RidgeGrid, 1e-7);
        var none = Ridge(0).Error;
        return none <= value ? (0, none) : (Math.Exp(place), value);
    }
}
