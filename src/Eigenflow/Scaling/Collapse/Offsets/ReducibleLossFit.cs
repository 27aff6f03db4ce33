using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// The irreducible loss L0 of a ladder, from L = L0 + a c^(−b) over the end points of its runs, with a, b, L0 ≥ 0: the smallest mean of Huber's loss (δ = 1e-3) of ln L (arXiv 2507.02119, compute-optimal fits).
/// L0 and b are strongly correlated; <see cref="Draws"/> carry that uncertainty on, and <see cref="Profile"/> shows it.
/// </summary>
public sealed record ReducibleLossFit
{
    /// <summary>Fewest different computes.</summary>
    public const int FewestPoints = 3;

    private const double Rounding = 1e-12;
    private readonly HuberFloor problem;

    private ReducibleLossFit(HuberFloor problem) => this.problem = problem;

    /// <summary>L0, in units of the loss.</summary>
    public required double Floor { get; init; }

    /// <summary>a: reducible loss at compute 1.</summary>
    public required double Amplitude { get; init; }

    /// <summary>b.</summary>
    public required double Exponent { get; init; }

    /// <summary>Mean of Huber's loss there.</summary>
    public required double Objective { get; init; }

    /// <summary>1 − Σ (ln L̂ − ln L)²/Σ (ln L − mean)².</summary>
    public required double Determination { get; init; }

    /// <summary>Compute of every end point.</summary>
    public required double[] Computes { get; init; }

    /// <summary>Loss of every end point.</summary>
    public required double[] Losses { get; init; }

    /// <summary>Whether L0 was given and not fitted.</summary>
    public required bool IsGiven { get; init; }

    /// <summary>Floors that noise may have left; empty where there is no interval.</summary>
    public double[] Draws { get; init; } = [];

    /// <summary>Lower end of the 95 % interval of L0; NaN without one.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>Upper end.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>Where the interval is from, or why there is none.</summary>
    public string IntervalMethod { get; init; } = "";

    /// <summary>Whether the interval of L0 reaches zero: the floor is not told from none.</summary>
    public bool IsUnidentified => !IsGiven && !(Lower > Rounding * Losses.Min());

    /// <summary>Fits the end points of runs.</summary>
    /// <param name="runs">The runs of one ladder.</param>
    /// <param name="resamples">Refits of the interval; 0 for none.</param>
    /// <param name="seed">Seed of the refits.</param>
    /// <param name="floor">L0 where it is known, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Fewer than three different sizes, losses that are not positive, or a floor that is not below every end loss.</exception>
    public static ReducibleLossFit Of(IReadOnlyList<LadderRun> runs, int resamples = 0, ulong seed = 1, double? floor = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        double[] sizes = [.. runs.Select(run => run.Size).Distinct().Order()];
        return Of([.. runs.Select(run => run.EndCompute)], [.. runs.Select(run => run.EndLoss)], [.. runs.Select(run => Array.BinarySearch(sizes, run.Size))], resamples, seed, floor, cancellation);
    }

    /// <summary>Fits points.</summary>
    /// <param name="computes">Compute of every end point, positive.</param>
    /// <param name="losses">Loss of every end point, positive.</param>
    /// <param name="models">Model of every end point, from 0 without gaps; null where each is one of its own.</param>
    /// <param name="resamples">Refits of the interval; 0 for none.</param>
    /// <param name="seed">Seed of the refits.</param>
    /// <param name="floor">L0 where it is known, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">As for runs.</exception>
    public static ReducibleLossFit Of(double[] computes, double[] losses, int[]? models = null, int resamples = 0, ulong seed = 1, double? floor = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(computes);
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.Length != computes.Length)
            throw new ParameterException("losses", $"({losses.Length} values)", $"as many values as computes ({computes.Length})");
        foreach (var value in computes)
        {
            if (!(value > 0 && double.IsFinite(value)))
                throw new ParameterException("compute", value, "positive and finite at every end point");
        }

        foreach (var value in losses)
        {
            if (!(value > 0 && double.IsFinite(value)))
                throw new ParameterException("loss", value, "positive and finite at every end point", "the law is fitted to ln L");
        }

        models ??= [.. Enumerable.Range(0, losses.Length)];
        var different = computes.Distinct().Count();
        if (floor is null && (models.Distinct().Count() < FewestPoints || different < FewestPoints))
            throw new ParameterException("end-points", Math.Min(models.Distinct().Count(), different), FormattableString.Invariant($"at least {FewestPoints} models with different compute, for three parameters a, b and L0"), "train another size, or state L0 with --offset");
        if (floor is { } given && !(given >= 0 && given < losses.Min()))
            throw new ParameterException("offset", given, DisplayText.Plain($"at least 0 and below every end loss, of which the smallest is {losses.Min():G6}"), "the reducible loss must stay positive");
        var problem = new HuberFloor(computes, losses);
        var (found, amplitude, exponent, objective) = floor is { } known ? problem.WithFloor(known) : problem.Minimize();
        var residuals = problem.Residuals(found, amplitude, exponent);
        var mean = losses.Average(value => Math.Log(value));
        var fit = new ReducibleLossFit(problem)
        {
            Floor = found,
            Amplitude = amplitude,
            Exponent = exponent,
            Objective = objective,
            Determination = 1 - (residuals.Sum(residual => residual * residual) / losses.Sum(loss => Math.Pow(Math.Log(loss) - mean, 2))),
            Computes = computes,
            Losses = losses,
            IsGiven = floor is not null,
            IntervalMethod = floor is not null ? "given" : "",
        };
        if (floor is not null || resamples == 0)
            return fit;
        var (draws, method) = FloorDraws.Draw(new FloorProblem(computes, losses, residuals), models, resamples, seed, cancellation);
        var (lower, upper) = BlockBootstrap.Interval(draws);
        return fit with { Draws = draws, Lower = lower, Upper = upper, IntervalMethod = method };
    }

    /// <summary>The smallest mean of Huber's loss for floors from 0 to just below the smallest loss, with the exponent that goes with each.</summary>
    /// <param name="points">Number of floors, at least 2.</param>
    public (double[] Floors, double[] Objectives, double[] Exponents) Profile(int points = 41)
    {
        double[] floors = new double[points], objectives = new double[points], exponents = new double[points];
        var top = Losses.Min();
        for (var k = 0; k < points; k++)
        {
            // Closer to the smallest loss, where b changes fastest.
            floors[k] = top * (1 - Math.Pow(1e-3, (double)k / (points - 1)));
            (_, _, exponents[k], objectives[k]) = problem.WithFloor(floors[k]);
        }

        return (floors, objectives, exponents);
    }

    /// <summary>The law at a compute.</summary>
    /// <param name="compute">c, positive.</param>
    public double At(double compute) => Floor + (Amplitude * Math.Pow(compute, -Exponent));
}
