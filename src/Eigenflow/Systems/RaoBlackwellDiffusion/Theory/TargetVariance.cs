namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The exact parts of the variance of targets at a noise level. By invariance clean samples may stand as their templates do: an integral over the noise alone (<see cref="NoiseIntegral"/>, <see cref="FlipVariance"/>).
/// Conditional means are projections, E‖t‖² = E‖x₀ − φ*‖² + E‖φ* − E[x₀|x]‖² + E‖E[x₀|x]‖²: all are integrals of positive terms, and the largest is what the others leave, so that parts add up at any noise.
/// On the torus targets are scores.
/// </summary>
/// <param name="Clean">E‖t‖² of the augmented target, E‖x₀‖².</param>
/// <param name="Orbit">E tr Cov(x₀|x, orbit) = E‖x₀ − φ*‖²: what orbit averaging removes.</param>
/// <param name="Between">E‖φ* − E[x₀|x]‖²: what it leaves.</param>
/// <param name="FullSquare">E‖E[x₀|x]‖².</param>
internal sealed record TargetVariance(double Clean, double Orbit, double Between, double FullSquare)
{
    // Twice the size of a target, squared.
    private const double LargestDistance = 4;

    private const double RoundingOfSum = 1e-15;

    /// <summary>E‖x₀ − E[x₀|x]‖².</summary>
    public double Full => Orbit + Between;

    /// <summary>E‖φ*‖².</summary>
    public double OrbitSquare => Between + FullSquare;

    /// <summary>Part of the noise of targets that orbit averaging removes: all of it with one orbit; not a number where there is no noise to the rounding of numbers.</summary>
    public double Removed => HasOneOrbit ? 1 : Full > 0 ? Orbit / Full : double.NaN;

    /// <summary>Largest estimated error of the parts, relative to <see cref="Clean"/>.</summary>
    public double Error => Math.Max(OrbitError, Math.Max(BetweenError, FullSquareError)) / Clean;

    /// <summary>Whether nothing lies between orbits.</summary>
    public bool HasOneOrbit { get; init; }

    /// <summary>Estimated absolute error of <see cref="Orbit"/>.</summary>
    public double OrbitError { get; init; }

    /// <summary>Estimated absolute error of <see cref="Between"/>.</summary>
    public double BetweenError { get; init; }

    /// <summary>Estimated absolute error of <see cref="FullSquare"/>.</summary>
    public double FullSquareError { get; init; }

    /// <summary>Estimated absolute error of a column of <see cref="DiffusionColumns.Exact"/>.</summary>
    /// <param name="name">Its name.</param>
    public double ErrorOf(string name) => name switch
    {
        "orbit-noise" => OrbitError,
        "between" => BetweenError,
        "full-noise" => OrbitError + BetweenError,
        "removed" => HasOneOrbit ? 0 : ((Between * OrbitError) + (Orbit * BetweenError)) / (Full * Full),
        "mmse" => OrbitError / Clean,
        "gradient-ratio" => (BetweenError + FullSquareError) / Clean,
        _ => FullSquareError / Clean,
    };

    /// <summary>The parts of a problem at its noise level.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="TooLargeException">The integral has too many directions.</exception>
    public static TargetVariance Of(DiffusionProblem problem, CancellationToken cancellation)
    {
        if (problem.Group is CoordinateSigns && problem.Dimension > 1 && problem.Templates.Count == 1 && !problem.IsCentred)
            return ByCoordinates(problem, cancellation);
        double clean = problem.MeanSquare, cleanError = 0;
        var bound = LargestDistance * problem.Templates.Values.Max(template => Vectors.Dot(template, template) + (problem.Spread * problem.Dimension));
        var flips = FlipVariance.Of(problem, cancellation);
        var isKnown = flips is not null && (problem.HasOneOrbit || problem.Dimension == 1);
        double[] parts = new double[3], errors = new double[3];
        if (!isKnown)
            (parts, errors, clean, cleanError) = Integrals(problem, bound, cancellation);
        if (flips is not { } flip)
            return Complete(problem, clean, cleanError, parts, errors);
        (parts[0], errors[0]) = (flip.Orbit, flip.OrbitError);
        if (problem.HasOneOrbit)
        {
            (parts[2], errors[2]) = (flip.Square, flip.SquareError);
        }
        else if (isKnown)
        {
            (parts[2], errors[2]) = Explained(problem, bound, cancellation);
            var (rest, error) = flip.Orbit > flip.Square ? (flip.Square - parts[2], flip.SquareError) : (clean - flip.Orbit - parts[2], flip.OrbitError);
            (parts[1], errors[1]) = (Math.Max(0, rest), error + errors[2] + (RoundingOfSum * (flip.Orbit > flip.Square ? flip.Square : clean)));
            return new TargetVariance(clean, parts[0], parts[1], parts[2]) { HasOneOrbit = false, OrbitError = errors[0], BetweenError = errors[1], FullSquareError = errors[2] };
        }

        return Complete(problem, clean, 0, parts, errors);
    }

    // Flips of coordinates are independent of each other.
    private static TargetVariance ByCoordinates(DiffusionProblem problem, CancellationToken cancellation)
    {
        var sum = new TargetVariance(0, 0, 0, 0) { HasOneOrbit = problem.HasOneOrbit };
        foreach (var value in problem.Templates.Values[0])
        {
            if (value == 0 && problem.Spread == 0)
                continue;
            var one = Of(problem with { Templates = new TemplateSet(1, 1, [[value]], [1]), Group = new GlobalSign(1) }, cancellation);
            sum = new TargetVariance(sum.Clean + one.Clean, sum.Orbit + one.Orbit, sum.Between + one.Between, sum.FullSquare + one.FullSquare)
            {
                HasOneOrbit = problem.HasOneOrbit,
                OrbitError = sum.OrbitError + one.OrbitError,
                BetweenError = sum.BetweenError + one.BetweenError,
                FullSquareError = sum.FullSquareError + one.FullSquareError,
            };
        }

        return sum;
    }

    private static (double[] Parts, double[] Errors, double Clean, double CleanError) Integrals(DiffusionProblem problem, double bound, CancellationToken cancellation)
    {
        var (level, d, basis) = (problem.Level, problem.Dimension, NoiseIntegral.BasisOf(problem));
        var (clean, orbit, full) = (TargetEstimator.Of(problem, EstimatorKind.Plain), TargetEstimator.Of(problem, EstimatorKind.Orbit), TargetEstimator.Of(problem, EstimatorKind.Full));
        double[] first = new double[d], second = new double[d], third = new double[d];
        var (values, errors) = NoiseIntegral.Of(problem, basis, 4, true, problem.IsTorus ? 0 : bound, Evaluate, 1, cancellation);
        (double[] parts, double[] own) = ([values[0], values[1], values[2]], [errors[0], problem.HasOneOrbit ? 0 : errors[1], errors[2]]);
        // Targets have an error of their own, which is all that is seen of differences below it.
        for (var k = 0; k < 2; k++)
        {
            var blur = problem.Group.Precision * Math.Sqrt(values[3]);
            own[k] += k == 1 && problem.HasOneOrbit ? 0 : blur * (blur + (2 * Math.Sqrt(parts[k])));
        }

        if (problem.Spread > 0)
            (parts[2], own[2]) = Explained(problem, bound, cancellation);
        return problem.IsTorus ? (parts, own, values[3], errors[3]) : (parts, own, problem.MeanSquare, 0);

        void Evaluate(int template, ReadOnlySpan<double> x0, ReadOnlySpan<double> x, Span<double> at)
        {
            clean.Target(level, template, x0, x, [], first);
            orbit.Target(level, template, x0, x, [], second);
            if (problem.HasOneOrbit)
                second.CopyTo(third, 0);
            else
                full.Target(level, template, x0, x, [], third);
            at[0] = Vectors.SquaredDistance(first, second);
            at[1] = Vectors.SquaredDistance(second, third);
            at[2] = Vectors.Dot(third, third);
            at[3] = Vectors.Dot(first, first);
        }
    }

    // E‖E[x₀|x]‖², for which a noisy sample is enough.
    private static (double Value, double Error) Explained(DiffusionProblem problem, double bound, CancellationToken cancellation)
    {
        var (full, mean, level) = (new FullTarget(problem), new double[problem.Dimension], problem.Level);
        var (values, errors) = NoiseIntegral.Of(problem, NoiseIntegral.BasisOf(problem), 1, false, bound, Evaluate, 1, cancellation);
        return (values[0], errors[0]);

        void Evaluate(int template, ReadOnlySpan<double> x0, ReadOnlySpan<double> x, Span<double> at)
        {
            full.Mean(level, x, mean);
            at[0] = Vectors.Dot(mean, mean);
        }
    }

    // The largest part is what the others leave.
    private static TargetVariance Complete(DiffusionProblem problem, double clean, double cleanError, double[] parts, double[] errors)
    {
        var largest = Vectors.Largest(parts);
        var (others, error) = (0.0, cleanError + (RoundingOfSum * clean));
        for (var k = 0; k < parts.Length; k++)
            (others, error) = k == largest ? (others, error) : (others + parts[k], error + errors[k]);
        (parts[largest], errors[largest]) = (clean - others, error);
        return new TargetVariance(clean, parts[0], parts[1], parts[2]) { HasOneOrbit = problem.HasOneOrbit, OrbitError = errors[0], BetweenError = errors[1], FullSquareError = errors[2] };
    }
}
