using Eigenflow.Numerics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Minimises Σ Huber(ln L_i(θ) − y_i) over logarithms of positive parameters in a box: every step minimises the Huber sum of the linearised residuals, damped by the diagonal, by repeated weighting (weights min(1, δ/|r|) of the linearised
/// residuals; where noise exceeds δ the sum is nearly one of absolute values, and one weighting per evaluation of the law would take many of these). Steps that do not lower the Huber sum itself are refused. Parameters at a bound that the gradient pushes outwards are held.
/// Work per step: one evaluation of the law and a few times O(points · parameters²).
/// </summary>
internal sealed class HuberGaussNewton(LogLosses losses, IReadOnlyList<LawPrior> priors, double[] lower, double[] upper)
{
    private const double Delta = 1e-3;
    private const double LargestMove = 2;
    private const double LeastDamping = 1e-9;
    private const double SameMove = 0.02;

    private readonly int parameters = losses.Parameters;
    private readonly int points = losses.Points;
    private readonly int stride = losses.Stride;
    private readonly NormalEquations equations = new(priors, lower, upper, Delta, losses.Stride);

    /// <summary>For a law at the points of curves.</summary>
    public HuberGaussNewton(LossLaw law, IReadOnlyList<FitData> data, double[] lower, double[] upper)
        : this(new LawLosses(law, data), law.Priors, lower, upper)
    {
    }

    /// <summary>Most repeated weightings per step.</summary>
    public int Weightings { get; init; } = 10;

    /// <summary>Minimises.</summary>
    /// <param name="theta">Logarithms of the parameters: start, and result.</param>
    /// <param name="observed">y, one per point of all curves.</param>
    /// <param name="steps">Most steps.</param>
    /// <param name="tolerance">Ends after steps in a row that gain less than this part of the sum, or eight that gain nothing; steps on an expansion end where it promises less.</param>
    /// <param name="mostIdle">How many such steps in a row.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="known">The law at the start, where it has been evaluated.</param>
    /// <param name="local">Steps on an expansion of the law, which follow curved valleys, or null for straight steps alone.</param>
    /// <param name="space">Room to work in, or null for a new one.</param>
    /// <returns>The Huber sum.</returns>
    public double Minimize(
        double[] theta, ReadOnlySpan<double> observed, int steps, double tolerance, int mostIdle, CancellationToken cancellation, StartEvaluation? known = null, LocalSteps? local = null, Workspace? space = null)
    {
        space ??= new Workspace(parameters, stride);
        Clamp(theta);
        var value = known is null ? Evaluate(theta, observed, space.Residuals, space.Slopes) : known.For(this, theta, observed, space.Residuals, space.Slopes);
        var options = new DescentOptions
        {
            FirstDamping = 1e-3,
            Decrease = 4,
            LeastDivided = 4 * LeastDamping,
            LeastDamping = LeastDamping,
            MostRefused = 8,
            Tolerance = tolerance,
            Patience = mostIdle,
            MostSteps = steps,
        };
        return LevenbergMarquardt.Minimize(new Descent(this, observed, tolerance, local, space), theta, space.Trial, value, options, cancellation);
    }

    // The step that minimises the damped Huber sum of the linearised residuals, nearly.
    private bool Straight(double[] theta, double damping, Workspace space)
    {
        var (move, earlier, linear) = (space.Move, space.Earlier, space.Linear);
        space.Residuals.CopyTo(linear, 0);
        for (var weighting = 0; weighting < Weightings; weighting++)
        {
            equations.Form(theta, space);
            if (!equations.Solve(theta, damping, space))
            {
                if (weighting == 0)
                    return false;
                earlier.CopyTo(move, 0);
                return true;
            }

            double change = 0, size = 0;
            for (var j = 0; j < parameters; j++)
            {
                change = Math.Max(change, Math.Abs(move[j] - earlier[j]));
                size = Math.Max(size, Math.Abs(move[j]));
            }

            move.CopyTo(earlier, 0);
            if ((weighting > 0 && change <= SameMove * size) || size > LargestMove || weighting == Weightings - 1)
                break;
            space.Residuals.CopyTo(linear, 0);
            for (var j = 0; j < parameters; j++)
                Columns.Add(space.Slopes.AsSpan(j * stride, stride), -move[j], linear);
        }

        return true;
    }

    private void Go(double[] theta, double[] move, double[] trial)
    {
        for (var j = 0; j < parameters; j++)
            trial[j] = Math.Clamp(theta[j] - Math.Clamp(move[j], -LargestMove, LargestMove), lower[j], upper[j]);
    }

    /// <summary>The amplitudes that fit best at given other parameters, by nonnegative least squares of relative errors over all subsets of amplitudes.</summary>
    /// <param name="theta">Logarithms: the amplitudes are replaced.</param>
    /// <param name="observed">y.</param>
    /// <param name="law">The law.</param>
    /// <param name="source">Its losses.</param>
    public void SetAmplitudes(double[] theta, ReadOnlySpan<double> observed, LossLaw law, LawLosses source)
    {
        var amplitudes = Enumerable.Range(0, parameters).Where(j => law.Parameters[j].IsAmplitude).ToArray();
        foreach (var j in amplitudes)
            theta[j] = 0;
        double[] values = new double[stride], slopes = new double[stride * parameters];
        source.Values([.. theta.Select(Math.Exp)], values, slopes);
        var columns = amplitudes.Select(j => new double[points]).ToArray();
        for (var i = 0; i < points; i++)
        {
            var weight = Math.Exp(-observed[i]);
            for (var a = 0; a < amplitudes.Length; a++)
                columns[a][i] = slopes[(amplitudes[a] * stride) + i] * weight;
        }

        // Relative errors: the loss itself is the column of ones.
        double[] ones = [.. Enumerable.Repeat(1.0, points)];
        var best = NonNegativeLeastSquares.Solve(columns, ones, ones);
        for (var a = 0; a < amplitudes.Length; a++)
        {
            // A term that the squares leave out begins at a small part of the loss, so that it can still grow.
            var size = Math.Sqrt(columns[a].Sum(x => x * x) / points);
            theta[amplitudes[a]] = size > 0 ? Math.Log(Math.Max(best[a], 1e-3 / size)) : lower[amplitudes[a]];
        }

        Clamp(theta);
    }

    /// <summary>ln L − y at the points of all curves and their slopes in columns.</summary>
    /// <returns>The Huber sum, infinite where a loss is not positive.</returns>
    public double Evaluate(double[] theta, ReadOnlySpan<double> observed, Span<double> residuals, Span<double> slopes)
    {
        var isPositive = losses.Evaluate(theta, residuals, slopes);
        Subtract(observed, residuals);
        return isPositive ? Sum(theta, residuals) : double.PositiveInfinity;
    }

    private void Subtract(ReadOnlySpan<double> observed, Span<double> residuals)
    {
        for (var i = 0; i < points; i++)
            residuals[i] -= observed[i];
        residuals[points..].Clear();
    }

    // The Huber sum and what priors add.
    private double Sum(double[] theta, ReadOnlySpan<double> residuals)
    {
        var sum = Columns.Huber(residuals, Delta);
        foreach (var prior in priors)
        {
            var off = prior.Departure(theta);
            sum += Delta * Delta * off * off / 2;
        }

        return sum;
    }

    private void Clamp(double[] theta)
    {
        for (var j = 0; j < parameters; j++)
            theta[j] = Math.Clamp(theta[j], lower[j], upper[j]);
    }

    private readonly ref struct Descent(HuberGaussNewton of, ReadOnlySpan<double> observed, double tolerance, LocalSteps? local, Workspace space) : IDampedDescent
    {
        private readonly ReadOnlySpan<double> observed = observed;

        public Proposal Propose(double[] theta, double value, double damping, double[] trial)
        {
            var predicted = local?.Propose(theta, observed, space, trial) ?? double.NaN;
            if (predicted < value - (tolerance * value))
                return Proposal.Undamped;
            if (local is { IsWide: true } && !double.IsNaN(predicted))
                return Proposal.None;
            if (!of.Straight(theta, damping, space))
                return Proposal.Singular;
            of.Go(theta, space.Move, trial);
            return Proposal.Damped;
        }

        public double Evaluate(double[] trial) => of.Evaluate(trial, observed, space.TrialResiduals, space.TrialSlopes);

        public void Accept(Proposal proposal)
        {
            space.Accept();
            if (proposal == Proposal.Undamped)
                local!.Accept();
        }

        public void Refuse(Proposal proposal)
        {
            if (proposal == Proposal.Undamped)
                local!.Refuse();
        }
    }

    /// <summary>The law at the start of many minimisations that differ in what was observed: evaluated once.</summary>
    internal sealed class StartEvaluation
    {
        private readonly double[] logs;
        private readonly double[] slopes;

        /// <summary>Evaluates.</summary>
        /// <param name="minimizer">The minimiser.</param>
        /// <param name="theta">The start of all.</param>
        public StartEvaluation(HuberGaussNewton minimizer, double[] theta)
        {
            (logs, slopes) = (new double[minimizer.stride], new double[minimizer.stride * minimizer.parameters]);
            minimizer.Evaluate(theta, new double[minimizer.points], logs, slopes);
        }

        /// <summary>Residuals and slopes at the start.</summary>
        public double For(HuberGaussNewton minimizer, double[] theta, ReadOnlySpan<double> observed, Span<double> residuals, Span<double> by)
        {
            logs.CopyTo(residuals);
            minimizer.Subtract(observed, residuals);
            slopes.CopyTo(by);
            return minimizer.Sum(theta, residuals);
        }
    }

    /// <summary>Room for one minimisation at a time.</summary>
    internal sealed class Workspace(int parameters, int stride)
    {
        public double[] Residuals { get; private set; } = new double[stride];

        public double[] Slopes { get; private set; } = new double[stride * parameters];

        public double[] TrialResiduals { get; private set; } = new double[stride];

        public double[] TrialSlopes { get; private set; } = new double[stride * parameters];

        public double[] Linear { get; } = new double[stride];

        public double[] Weights { get; } = new double[stride];

        public double[] Weighted { get; } = new double[stride];

        public double[] Matrix { get; } = new double[parameters * parameters];

        public double[] Factor { get; } = new double[parameters * parameters];

        public double[] Gradient { get; } = new double[parameters];

        public double[] Move { get; } = new double[parameters];

        public double[] Earlier { get; } = new double[parameters];

        public double[] Trial { get; } = new double[parameters];

        public void Accept()
        {
            (Residuals, TrialResiduals) = (TrialResiduals, Residuals);
            (Slopes, TrialSlopes) = (TrialSlopes, Slopes);
        }
    }
}
