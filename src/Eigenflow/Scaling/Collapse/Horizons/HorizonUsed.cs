using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The horizon that a ladder was trained to, t* = κ p^γ: a regression of ln of the mean end time of every model on ln p.</summary>
/// <param name="Sizes">Sizes p, ascending.</param>
/// <param name="Times">Mean end times.</param>
/// <param name="Exponent">γ.</param>
/// <param name="Scale">κ: the horizon of size 1.</param>
/// <param name="Lower">Lower end of the 95 % interval of γ by Student's t; NaN for two models.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="LargestDeparture">Largest relative departure of an end time from the power law.</param>
public sealed record HorizonUsed(double[] Sizes, double[] Times, double Exponent, double Scale, double Lower, double Upper, double LargestDeparture)
{
    /// <summary>Decimals to which an exponent is shown.</summary>
    public const int Decimals = 4;

    private const double Rounding = 1e-12;
    private const double SmallestGrowth = 0.05;
    private const double LargestFromLaw = 0.1;

    /// <summary>Whether end times follow a power of size within a tenth.</summary>
    public bool IsPowerLaw => LargestDeparture <= LargestFromLaw;

    /// <summary>Whether they follow a power of size that grows (γ ≥ 0.05), as horizons do.</summary>
    public bool IsHorizon => IsPowerLaw && Exponent >= SmallestGrowth;

    /// <summary>Measures.</summary>
    /// <param name="runs">The runs of one ladder, of at least two sizes.</param>
    /// <exception cref="ParameterException">One size alone.</exception>
    public static HorizonUsed Of(IReadOnlyList<LadderRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var models = runs.GroupBy(run => run.Size).OrderBy(group => group.Key).ToArray();
        if (models.Length < 2)
            throw new ParameterException("models", models.Length, "at least two models of different size", "a horizon exponent needs a ladder of models");
        double[] sizes = [.. models.Select(model => model.Key)], times = [.. models.Select(model => model.Average(run => run.EndTime))];
        double[] x = [.. sizes.Select(value => Math.Log(value))], y = [.. times.Select(value => Math.Log(value))];
        var line = LeastSquaresLine.Fit(x, y);
        var left = Math.Max(0, line.SquaresY - (line.Slope * line.Products));
        var half = StudentInterval.Half(Math.Sqrt(left / (models.Length - 2) / line.SquaresX), models.Length - 2);
        var largest = x.Zip(y).Max(point => Math.Abs(double.ExpM1(point.Second - line.Intercept - (line.Slope * point.First))));
        return new HorizonUsed(sizes, times, Rounded(line.Slope), Math.Exp(line.Intercept), Rounded(line.Slope - half), Rounded(line.Slope + half), largest);

        // Equal times leave a slope of rounding.
        static double Rounded(double value) => Math.Abs(value) < Rounding ? 0 : value;
    }
}
