namespace Eigenflow.Numerics.Ode;

/// <summary>
/// An autonomous system whose equations see each other through two sums only: f(y)_j = r_j (g y_j + h w_j) with g and h functions of
/// q = Σ ρ_j w_j y_j and p = Σ ρ_j y_j². Its Jacobian is diag(r g) plus rank 2, and the solver can do a whole stage in one pass over the entries
/// (<see cref="CoupledStages"/>).
/// </summary>
internal interface ICoupledSystem : ILowRankSystem
{
    /// <summary>r, ρ and w, padded with zeros to whole groups of eight; asked for again at every start of the solver.</summary>
    CoupledVectors Vectors { get; }

    /// <summary>g and h.</summary>
    (double G, double H) Drift(double linear, double quadratic);

    /// <summary>∂g/∂q, ∂g/∂p, ∂h/∂q and ∂h/∂p.</summary>
    CoupledSlopes Slopes(double linear, double quadratic);

    /// <summary>Whether entries follow slow ones with digits that the dense output of a long step loses.</summary>
    bool HasFollowers { get; }

    /// <summary>The error norm when q and p of the state after the step are known already.</summary>
    double ErrorNorm(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance, double linear, double quadratic);
}

/// <summary>The vectors of a coupled system.</summary>
/// <param name="Rates">r.</param>
/// <param name="Weights">ρ.</param>
/// <param name="Direction">w.</param>
internal readonly record struct CoupledVectors(double[] Rates, double[] Weights, double[] Direction);

/// <summary>Partial derivatives of g and h with respect to q and p.</summary>
internal readonly record struct CoupledSlopes(double GLinear, double GQuadratic, double HLinear, double HQuadratic);
