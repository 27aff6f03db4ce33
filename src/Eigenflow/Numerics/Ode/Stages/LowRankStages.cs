namespace Eigenflow.Numerics.Ode;

/// <summary>
/// The stages for any diagonal plus low-rank Jacobian, J = D + U Vᵀ. With E = (1/(γh) − D)⁻¹ every stage solves (I/(γh) − J) x = b by
/// x = E b + E U (I − Vᵀ E U)⁻¹ Vᵀ E b (Woodbury). Work per attempt: eight stages of about (12 + 2R) n multiply–adds and one right-hand side each;
/// memory (12 + 3R) n doubles.
/// </summary>
internal class LowRankStages<TSystem> : StageKernel
    where TSystem : ILowRankSystem
{
    private readonly TSystem system;
    private readonly int size;
    private readonly int rank;
    private readonly double[][] stages;
    private readonly double[][] spread;
    private readonly double[] inverse;
    private readonly double[] derivative;
    private readonly double[] timeDerivative;
    private readonly double[] sum;
    private readonly double[] small;
    private readonly LowRankJacobian jacobian;
    private readonly SmallLinearSystem capacitance;

    public LowRankStages(TSystem system)
    {
        this.system = system;
        size = system.Size;
        rank = system.Rank;
        double[][] Vectors(int count) => [.. Enumerable.Range(0, count).Select(_ => VectorLoops.Padded(size))];
        stages = Vectors(Rodas5P.Stages);
        spread = Vectors(rank);
        inverse = VectorLoops.Padded(size);
        derivative = VectorLoops.Padded(size);
        timeDerivative = system.IsAutonomous ? [] : VectorLoops.Padded(size);
        sum = VectorLoops.Padded(size);
        small = new double[rank];
        jacobian = new LowRankJacobian(size, rank);
        capacitance = new SmallLinearSystem(rank);
    }

    public override void Restart(double[] state)
    {
        // Nothing is kept from the state before.
    }

    public override void Linearize(double time, double[] state)
    {
        system.Linearize(time, state.AsSpan(0, size), jacobian);
        if (!system.IsAutonomous)
            system.TimeDerivative(time, state.AsSpan(0, size), timeDerivative.AsSpan(0, size));
    }

    public override bool Attempt(double time, double step, double[] state, double[] trial)
    {
        if (!Prepare(1 / (Rodas5P.Gamma * step), inverse))
            return false;
        for (var stage = 0; stage < Rodas5P.Stages; stage++)
        {
            if (stage < Rodas5P.A.Length)
                VectorLoops.Combine(state, stages, stage, Rodas5P.A[stage], Rodas5P.C[stage], 1 / step, trial, sum);
            else
                VectorLoops.Extend(trial, stages, stage, Rodas5P.C[stage], 1 / step, sum);
            system.Derivative(time + (Rodas5P.Nodes[stage] * step), trial.AsSpan(0, size), derivative.AsSpan(0, size));
            if (!system.IsAutonomous && Rodas5P.TimeWeights[stage] != 0)
                VectorLoops.AddScaled(step * Rodas5P.TimeWeights[stage], timeDerivative, sum);
            var solution = stages[stage];
            VectorLoops.ScaledSum(inverse, derivative, sum, solution);
            Complete(solution);
        }

        VectorLoops.AddScaled(1, stages[^1], trial);
        return true;
    }

    public override double ErrorNorm(double[] before, double[] after, double relativeTolerance) =>
        system.ErrorNorm(before.AsSpan(0, size), after.AsSpan(0, size), stages[^1].AsSpan(0, size), relativeTolerance);

    public override void Accept()
    {
        // Nothing is kept from one step to the next.
    }

    public override void Dense(double[][] polynomials)
    {
        for (var k = 0; k < polynomials.Length; k++)
            VectorLoops.Weighted(stages, Rodas5P.Dense[k], polynomials[k]);
    }

    /// <summary>Prepares the solves of an attempt: E, and the factors of I − Vᵀ E U; false where they are singular.</summary>
    private protected virtual bool Prepare(double shift, double[] inverse)
    {
        VectorLoops.InvertShifted(shift, jacobian.PaddedDiagonal, inverse);
        for (var r = 0; r < rank; r++)
            VectorLoops.Product(inverse, jacobian.PaddedLeft(r), spread[r]);
        for (var row = 0; row < rank; row++)
        {
            for (var column = 0; column < rank; column++)
                capacitance[row, column] = (row == column ? 1 : 0) - VectorLoops.Dot(jacobian.PaddedRight(row), spread[column]);
        }

        return rank == 0 || capacitance.Factor();
    }

    /// <summary>From E b to x.</summary>
    private protected virtual void Complete(double[] solution)
    {
        for (var r = 0; r < rank; r++)
            small[r] = VectorLoops.Dot(jacobian.PaddedRight(r), solution);
        capacitance.Solve(small);
        for (var r = 0; r < rank; r++)
            VectorLoops.AddScaled(small[r], spread[r], solution);
    }
}
