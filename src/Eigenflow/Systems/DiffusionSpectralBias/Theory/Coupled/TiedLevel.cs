using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Ties P Pᵀ with any start P(0), d × r, at one noise level, by adaptive steps of fifth order; overlaps of modes rise and fall.</summary>
internal sealed class TiedLevel : CoupledLevel, IOdeSystem
{
    private const double Tolerance = 1e-10;
    private readonly DiffusionProblem problem;
    private readonly ExplicitSolver<TiedLevel> solver;
    private readonly double[] drives, rates, product;
    private readonly int rank;

    /// <param name="problem">The problem.</param>
    /// <param name="level">The level.</param>
    public TiedLevel(DiffusionProblem problem, NoiseLevel level)
        : base(level, problem.Dimension)
    {
        this.problem = problem;
        rank = problem.Start?.Columns ?? problem.Dimension;
        (drives, rates) = ([.. problem.Variances.Select(level.Drive)], [.. problem.Variances.Select(level.Rate)]);
        product = new double[Dimension * Dimension];
        solver = new ExplicitSolver<TiedLevel>(this, new AdaptiveOptions { RelativeTolerance = Tolerance, MaximumSteps = 10_000_000 });
        solver.Start(0, Start());
    }

    public int Size => Dimension * rank;

    public override double[] At(double time)
    {
        if (time < solver.Time)
            solver.Start(0, Start());
        while (solver.Time < time && solver.Failure is null)
            _ = solver.Step(time);
        if (solver.Failure is { } failure)
            throw new ParameterException("until", time / problem.TimeScale, "a time that the equations of P reach", failure);
        Product(solver.State);
        var size = Dimension + 1;
        var result = new double[Dimension * size];
        for (var i = 0; i < Dimension; i++)
            product.AsSpan(i * Dimension, Dimension).CopyTo(result.AsSpan(i * size));
        return result;
    }

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        Product(state);
        for (var i = 0; i < Dimension; i++)
        {
            var row = derivative.Slice(i * rank, rank);
            for (var a = 0; a < rank; a++)
                row[a] = 2 * drives[i] * state[(i * rank) + a];
            for (var j = 0; j < Dimension; j++)
            {
                var part = product[(i * Dimension) + j] * (rates[i] + rates[j]);
                for (var a = 0; a < rank; a++)
                    row[a] -= part * state[(j * rank) + a];
            }
        }
    }

    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        double worst = 0, scale = 0;
        for (var k = 0; k < error.Length; k++)
        {
            worst = Math.Max(worst, Math.Abs(error[k]));
            scale = Math.Max(scale, Math.Max(Math.Abs(before[k]), Math.Abs(after[k])));
        }

        return scale > 0 ? worst / (relativeTolerance * scale) : worst > 0 ? double.PositiveInfinity : 0;
    }

    private double[] Start() => problem.Start?.Values.ToArray() ?? Aligned();

    private double[] Aligned()
    {
        var start = new double[Dimension * rank];
        for (var i = 0; i < Dimension; i++)
            start[(i * rank) + i] = Math.Sqrt(problem.Gain);
        return start;
    }

    private void Product(ReadOnlySpan<double> state)
    {
        for (var i = 0; i < Dimension; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var a = 0; a < rank; a++)
                    sum += state[(i * rank) + a] * state[(j * rank) + a];
                product[(i * Dimension) + j] = product[(j * Dimension) + i] = sum;
            }
        }
    }
}
