using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Gradient descent on the population risk; exact up to rounding. It converges near the optimum where ηλ_i|w*_i| &lt; 1 for all modes. Work O(M) per step, O(M²) with a rotation.</summary>
public sealed record PopulationDescent : QuadraticDescent
{
    /// <inheritdoc/>
    public override string Name => "gd";

    private protected override double Edge(Stability stability) => stability.PopulationEdge;

    private protected override IEnumerable<string> RateWarnings(Stability stability, double rate) => [];

    internal override Solution Solve(QuadraticProblem problem, SolveContext context) => Solve(problem, context, weights => new PopulationRule(problem, GradientFactor, weights), (_, _) => null);
}
