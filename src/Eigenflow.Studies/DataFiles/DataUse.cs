namespace Eigenflow.Studies;

/// <summary>What a file of data can be used as.</summary>
public enum DataUse
{
    /// <summary>A measured loss curve: steps and losses, with learning rates or a schedule that is stated.</summary>
    LossCurve,

    /// <summary>A table of columns, of which some are curves.</summary>
    Table,

    /// <summary>Rows that are samples: their covariance has a spectrum.</summary>
    Samples,

    /// <summary>Eigenvalues, one column or row.</summary>
    Eigenvalues,

    /// <summary>A covariance matrix.</summary>
    Covariance,
}
