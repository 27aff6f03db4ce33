using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>The parameters of methods in continuous time.</summary>
internal static class ContinuousParameters
{
    public static readonly Parameter<double> Tolerance = Parameter.Number("rtol", "", 1e-8, "Relative tolerance of the stiff solver; each factor 30 costs about twice the work.", ValueRange.Within(1e-13, 0.1));

    public static readonly Parameter<double?> Until = Parameter.OptionalNumber("until", "T", "End of the flow time; by default the power of ten at which the slowest mode has relaxed.", ValueRange.Positive) with { Usual = UsualRange.Decades(1, 1e12) };

    public static readonly Parameter<double[]?> Times = Parameter.OptionalList("times", "These flow times are saved, such as 1,10,100, and until where it is given; by default a logarithmic grid.", ValueRange.NotNegative);

    /// <summary>Those that say which rows are saved, without the tolerance of a solver.</summary>
    public static IReadOnlyList<Parameter> Rows { get; } = [Until, Times, GridParameters.Points];

    public static IReadOnlyList<Parameter> All { get; } = [Tolerance, .. Rows];
}

/// <summary>A method in continuous time that is solved step by step by the stiff solver.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record ContinuousMethod<TProblem> : TimedMethod<TProblem>
    where TProblem : IProblem
{
    /// <summary>Relative tolerance of the solver, 1e-13 to 0.1. Default 1e-8: eight digits cost twice the work of five.</summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    internal override Method<TProblem> Configured(SettingView setting) => (ContinuousMethod<TProblem>)base.Configured(setting) with { RelativeTolerance = setting[ContinuousParameters.Tolerance] };

    /// <inheritdoc/>
    private protected override double[] Grid(double first, double relaxed) => RelativeTolerance is >= 1e-13 and <= 0.1
        ? base.Grid(first, relaxed)
        : throw new ParameterException("rtol", RelativeTolerance, "a number >= 1e-13 and <= 0.1");
}
