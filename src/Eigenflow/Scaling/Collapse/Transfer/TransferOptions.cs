namespace Eigenflow.Scaling.Collapse;

/// <summary>Options of <see cref="ScheduleTransfer"/>.</summary>
public sealed record TransferOptions
{
    /// <summary>α of slow noise in a quadratic loss (derived in arXiv 2507.02119).</summary>
    public const double TheoreticalAlpha = 0.25;

    /// <summary>Part of the peak by which the rate has fallen where records begin to count.</summary>
    public const double Departure = 0.01;

    /// <summary>α of the reduced predictor, or null to fit it.</summary>
    public double? Alpha { get; init; }

    /// <summary>Tr H/(2B) of the ratio predictor per unit of the learning rate, or null to fit it.</summary>
    public double? Curvature { get; init; }

    /// <summary>x = t/t* from which records count, or null: from where the rate has left its peak by 1 %.</summary>
    public double? From { get; init; }

    /// <summary>What the ratio predictor multiplies is the loss less this: 0 for a loss that holds its label noise, minus σ²/2 for an excess risk without it.</summary>
    public double RatioOffset { get; init; }
}
