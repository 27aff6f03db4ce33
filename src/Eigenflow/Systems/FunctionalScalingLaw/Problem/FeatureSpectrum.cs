using Eigenflow.Spectra;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Eigenvalues λ_j and signal λ_j θ*_j² of the features: power laws, or given one by one. Modes are numbered from 0 here.</summary>
internal static class FeatureSpectrum
{
    public static double Eigenvalue(ScalingLawProblem problem, long mode) =>
        problem.Eigenvalues is { } given ? given[(int)mode] : Math.Pow(mode + 1.0, -problem.Capacity);

    /// <summary>λθ*²: by the source condition θ*_j² = j^(−1) λ_j^(s−1) unless coefficients are given.</summary>
    public static double Signal(ScalingLawProblem problem, long mode)
    {
        if (problem.Target is { } target)
            return Eigenvalue(problem, mode) * target[(int)mode] * target[(int)mode];
        return problem.Eigenvalues is { } given
            ? Math.Pow(given[(int)mode], problem.Difficulty) / (mode + 1.0)
            : Math.Pow(mode + 1.0, -1 - problem.IntrinsicDifficulty);
    }

    /// <summary>Σ_{j &gt; M} λ_j θ*_j².</summary>
    public static double Tail(ScalingLawProblem problem, long after)
    {
        if (problem.Eigenvalues is null && problem.Target is null)
            return PowerSum.Between(1 + problem.IntrinsicDifficulty, after, problem.Features);
        var sum = 0.0;
        for (var j = problem.Features - 1; j >= after; j--)
            sum += Signal(problem, j);
        return sum;
    }
}
