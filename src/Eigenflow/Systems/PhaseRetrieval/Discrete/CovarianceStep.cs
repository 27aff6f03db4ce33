namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>What one step does to mean and covariance, as coefficients of the vectors that <see cref="CovarianceKernel"/> carries: r = Q m, b = Qw*, κ = Σ b, ρ = Σ r.</summary>
internal readonly record struct CovarianceStep
{
    /// <summary>η.</summary>
    public required double Rate { get; init; }

    /// <summary>η²/B.</summary>
    public required double Gain { get; init; }

    /// <summary>η² before HΣH: that of a step of the mean gradient, less the part of it that the second moment contains.</summary>
    public required double Square { get; init; }

    /// <summary>g of the drift 4Q (g y + h w*).</summary>
    public required double G { get; init; }

    /// <summary>h of the drift.</summary>
    public required double H { get; init; }

    /// <summary>What κ and ρ add to the mean drift, 4Q (κ-part κ + ρ-part ρ).</summary>
    public (double Kappa, double Rho) Feedback { get; init; }

    /// <summary>Coefficients of rrᵀ, rbᵀ + brᵀ and bbᵀ in the Hessian −4gQ + ….</summary>
    public required (double Both, double Mixed, double Teacher) Hessian { get; init; }

    /// <summary>Mean of I.</summary>
    public required double Intensity { get; init; }

    /// <summary>Means of A, B and C.</summary>
    public required (double A, double B, double C) Second { get; init; }

    /// <summary>A multiplies Σ beside yyᵀ by this: 1 where the covariance feeds its own noise, otherwise 0.</summary>
    public required double Own { get; init; }

    /// <summary>Covariance of A with y, as coefficients of κ and ρ.</summary>
    public (double Kappa, double Rho) WithSquare { get; init; }

    /// <summary>Covariance of B with y, as coefficients of κ and ρ.</summary>
    public (double Kappa, double Rho) WithCross { get; init; }
}
