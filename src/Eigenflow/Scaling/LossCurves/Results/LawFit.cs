using Eigenflow.Numerics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>A fitted parameter.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Meaning">Meaning.</param>
/// <param name="Value">Estimate.</param>
/// <param name="Lower">Lower end of its interval, NaN without one.</param>
/// <param name="Upper">Upper end of its interval, NaN without one.</param>
/// <param name="IsAtBound">Whether the fit stopped at the end of what is allowed, so that the curve does not determine the parameter.</param>
public sealed record LawEstimate(string Symbol, string Meaning, double Value, double Lower, double Upper, bool IsAtBound);

/// <summary>Errors of a law on a curve, in ln(loss).</summary>
/// <param name="Curve">Name of the curve.</param>
/// <param name="LogRms">Root mean square of ln(law) − ln(measured).</param>
/// <param name="Largest">Largest relative error |law/measured − 1|.</param>
/// <param name="Last">Relative error law/measured − 1 of the last point: of the loss that schedules are compared by.</param>
public sealed record CurveError(string Curve, double LogRms, double Largest, double Last);

/// <summary>One law fitted to one or more curves.</summary>
public sealed record LawFit
{
    /// <summary>Name, one of <see cref="LossLaws.Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The formula.</summary>
    public required string Formula { get; init; }

    /// <summary>Whether the law can be told from the curves: a law of schedules needs a rate that changes.</summary>
    public required bool IsIdentified { get; init; }

    /// <summary>The parameters.</summary>
    public required IReadOnlyList<LawEstimate> Parameters { get; init; }

    /// <summary>The Huber sum that was minimised.</summary>
    public required double Objective { get; init; }

    /// <summary>Errors on the fitted points, per curve.</summary>
    public required IReadOnlyList<CurveError> Fitted { get; init; }

    /// <summary>Errors on curves, or final parts of curves, that were not fitted.</summary>
    public required IReadOnlyList<CurveError> HeldOut { get; init; }

    /// <summary>Median of the held-out errors, or NaN when nothing was held out.</summary>
    public double HeldOutMedian => Quantile.Median([.. HeldOut.Select(error => error.LogRms)]);

    /// <summary>Largest relative error of a last loss that was not fitted, or NaN when nothing was held out: what a difference between schedules must exceed to mean anything.</summary>
    public double HeldOutLast => HeldOut.Count == 0 ? double.NaN : HeldOut.Max(error => Math.Abs(error.Last));

    /// <summary>The exponents of the functional scaling law, or null where the law has none.</summary>
    public required EffectiveExponents? Exponents { get; init; }

    /// <summary>Whether the law describes every fitted curve, at least approximately: what <see cref="Verdict"/> says in words.</summary>
    public required bool Describes { get; init; }

    /// <summary>Whether the law describes the fitted curves, in words.</summary>
    public required string Verdict { get; init; }

    internal LossLaw Law { get; init; } = null!;

    internal double[] Theta { get; init; } = [];

    internal double[][] Resamples { get; init; } = [];

    internal double[] Residuals { get; init; } = [];
}
