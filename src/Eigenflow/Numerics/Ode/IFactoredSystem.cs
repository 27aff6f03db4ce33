namespace Eigenflow.Numerics.Ode;

/// <summary>A system that solves the linear equations of a stage itself, because its Jacobian has more structure than diagonal plus low rank.</summary>
internal interface IFactoredSystem : ILowRankSystem
{
    /// <summary>Prepares σ − J for solves, with J at the state of the last <see cref="ILowRankSystem.Linearize"/>; false where it is singular.</summary>
    /// <param name="shift">σ.</param>
    bool Factor(double shift);

    /// <summary>Solves (σ − J) x = b in place.</summary>
    /// <param name="vector">b, then x; length n.</param>
    void Solve(Span<double> vector);
}
