namespace Eigenflow.Numerics;

/// <summary>The minimiser of all fits of laws: Gauss–Newton steps in a box, with damping by the diagonal that grows where a step is refused and falls where one is taken (K. Levenberg, Q. Appl. Math. 2, 164 (1944); D. Marquardt, SIAM J. Appl. Math. 11, 431 (1963)).</summary>
internal static class LevenbergMarquardt
{
    private const double Growth = 10;

    /// <summary>Minimises.</summary>
    /// <typeparam name="TDescent">A struct, so that its calls are direct.</typeparam>
    /// <param name="descent">The sum, with its values and slopes at the start.</param>
    /// <param name="theta">Start, and result.</param>
    /// <param name="trial">Room for as many parameters.</param>
    /// <param name="value">The sum at the start.</param>
    /// <param name="options">Damping, and when to end.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The sum at the result.</returns>
    public static double Minimize<TDescent>(TDescent descent, double[] theta, double[] trial, double value, DescentOptions options, CancellationToken cancellation = default)
        where TDescent : struct, IDampedDescent, allows ref struct
    {
        var damping = options.FirstDamping;
        int idle = 0, refused = 0;
        for (var step = 0; step < options.MostSteps && idle < options.Patience && refused < options.MostRefused && value > 0 && double.IsFinite(value); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var proposal = descent.Propose(theta, value, damping, trial);
            if (proposal == Proposal.None)
                break;
            var next = proposal == Proposal.Singular ? double.PositiveInfinity : descent.Evaluate(trial);
            if (!(next < value))
            {
                if (proposal != Proposal.Singular)
                    descent.Refuse(proposal);
                if (proposal == Proposal.Undamped)
                    continue;
                if (next == value && options.EndsWhereEqual)
                    break;
                damping = Growth * Math.Max(damping, options.LeastGrown);
                refused++;
                continue;
            }

            refused = 0;
            idle = value - next < options.Tolerance * value ? idle + 1 : 0;
            value = next;
            trial.CopyTo(theta, 0);
            descent.Accept(proposal);
            if (proposal == Proposal.Damped)
                damping = damping < options.LeastDivided ? options.LeastDamping : damping / options.Decrease;
        }

        return value;
    }

    /// <summary>Holds the parameters that a step cannot move, as unit rows of the normal equations: those at a bound that the gradient pushes outwards, and those that no residual feels.</summary>
    /// <param name="matrix">The lower triangle, n × n, row by row.</param>
    /// <param name="gradient">n numbers; the sum descends along minus these.</param>
    /// <param name="theta">Parameters.</param>
    /// <param name="lower">Smallest parameters.</param>
    /// <param name="upper">Largest parameters.</param>
    public static void Hold(Span<double> matrix, Span<double> gradient, ReadOnlySpan<double> theta, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        var n = gradient.Length;
        for (var j = 0; j < n; j++)
        {
            if (matrix[(j * n) + j] > 0 && (theta[j] > lower[j] || gradient[j] <= 0) && (theta[j] < upper[j] || gradient[j] >= 0))
                continue;
            gradient[j] = 0;
            for (var k = 0; k < n; k++)
                matrix[(Math.Max(j, k) * n) + Math.Min(j, k)] = 0;
            matrix[(j * n) + j] = 1;
        }
    }
}

/// <summary>Damping of a descent, and when it ends.</summary>
internal readonly record struct DescentOptions()
{
    /// <summary>Damping of the first step.</summary>
    public required double FirstDamping { get; init; }

    /// <summary>A refused step makes ten times this of a smaller damping.</summary>
    public double LeastGrown { get; init; }

    /// <summary>A step that is taken divides the damping by this.</summary>
    public required double Decrease { get; init; }

    /// <summary>A smaller damping is not divided.</summary>
    public required double LeastDivided { get; init; }

    /// <summary>Damping after a step that was taken with less than <see cref="LeastDivided"/>.</summary>
    public double LeastDamping { get; init; }

    /// <summary>Ends after so many damped steps in a row that were refused.</summary>
    public required int MostRefused { get; init; }

    /// <summary>Whether a damped step that changes nothing at all is the end, and not a refusal.</summary>
    public bool EndsWhereEqual { get; init; }

    /// <summary>A step that lowers the sum by less than this part is idle.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Ends after so many idle steps in a row.</summary>
    public required int Patience { get; init; }

    /// <summary>Ends after so many steps.</summary>
    public required int MostSteps { get; init; }
}
