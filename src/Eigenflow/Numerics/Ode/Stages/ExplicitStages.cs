namespace Eigenflow.Numerics.Ode;

/// <summary>The stages of Dormand–Prince 5(4) for any system. Work per attempt: six right-hand sides and about 30 n multiply–adds; memory 10 n doubles.</summary>
internal sealed class ExplicitStages<TSystem> : StageKernel
    where TSystem : IOdeSystem
{
    private readonly TSystem system;
    private readonly int size;
    private readonly double[][] stages;
    private readonly double[] error;
    private readonly double[] before;
    private readonly double[] after;
    private readonly double[] scaled = new double[DormandPrince.Stages];
    private double length;
    private bool isFirstKnown;

    public ExplicitStages(TSystem system)
    {
        this.system = system;
        size = system.Size;
        stages = [.. Enumerable.Range(0, DormandPrince.Stages).Select(_ => VectorLoops.Padded(size))];
        error = VectorLoops.Padded(size);
        before = VectorLoops.Padded(size);
        after = VectorLoops.Padded(size);
    }

    public override int Evaluations => DormandPrince.Stages - 1;

    public override bool IsImplicit => false;

    public override void Restart(double[] state) => isFirstKnown = false;

    public override void Linearize(double time, double[] state)
    {
        if (!isFirstKnown)
            system.Derivative(time, state.AsSpan(0, size), stages[0].AsSpan(0, size));
        isFirstKnown = true;
    }

    public override bool Attempt(double time, double step, double[] state, double[] trial)
    {
        length = step;
        for (var stage = 1; stage < DormandPrince.Stages; stage++)
        {
            VectorLoops.Advance(state, stages, Scaled(DormandPrince.A[stage]), trial);
            system.Derivative(time + (DormandPrince.Nodes[stage] * step), trial.AsSpan(0, size), stages[stage].AsSpan(0, size));
        }

        VectorLoops.Weighted(stages, Scaled(DormandPrince.Error), error);
        state.CopyTo(before, 0);
        trial.CopyTo(after, 0);
        return true;
    }

    public override double ErrorNorm(double[] before, double[] after, double relativeTolerance) =>
        system.ErrorNorm(before.AsSpan(0, size), after.AsSpan(0, size), error.AsSpan(0, size), relativeTolerance);

    // The last stage is the first of the next step; the first one waits in its place for the dense output.
    public override void Accept() => (stages[0], stages[^1]) = (stages[^1], stages[0]);

    // Hairer's form y₀ + θ (Δ + (1−θ)(P₁ + θ (r₄ + (1−θ) r₅))), with Δ = y₁ − y₀, P₁ = h k₁ − Δ, r₄ = Δ − h k₇ − P₁: P₂ = r₄ + r₅ and P₃ = −r₅.
    public override void Dense(double[][] polynomials)
    {
        (stages[0], stages[^1]) = (stages[^1], stages[0]);
        VectorLoops.Weighted(stages, Scaled(DormandPrince.Dense), polynomials[2]);
        for (var i = 0; i < size; i++)
        {
            var change = after[i] - before[i];
            var first = (length * stages[0][i]) - change;
            polynomials[0][i] = first;
            polynomials[1][i] = change - (length * stages[^1][i]) - first + polynomials[2][i];
            polynomials[2][i] = -polynomials[2][i];
        }

        (stages[0], stages[^1]) = (stages[^1], stages[0]);
    }

    private ReadOnlySpan<double> Scaled(double[] coefficients)
    {
        for (var k = 0; k < coefficients.Length; k++)
            scaled[k] = length * coefficients[k];
        return scaled.AsSpan(0, coefficients.Length);
    }
}
