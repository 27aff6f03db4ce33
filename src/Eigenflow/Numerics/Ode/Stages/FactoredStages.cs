namespace Eigenflow.Numerics.Ode;

/// <summary>The stages for a system that solves its linear equations itself.</summary>
/// <param name="system">The system.</param>
/// <param name="factored">The same.</param>
internal sealed class FactoredStages<TSystem>(TSystem system, IFactoredSystem factored) : LowRankStages<TSystem>(system)
    where TSystem : ILowRankSystem
{
    private protected override bool Prepare(double shift, double[] inverse)
    {
        // Right-hand sides are left as they are.
        Array.Fill(inverse, 1);
        return factored.Factor(shift);
    }

    private protected override void Complete(double[] solution) => factored.Solve(solution.AsSpan(0, factored.Size));
}
