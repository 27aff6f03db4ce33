namespace Eigenflow.Scaling.LossCurves;

/// <summary>
/// Minimises Σ Huber(ln L_i(θ) − y_i) over logarithms of positive parameters in a box: every step minimises the Huber sum of the linearised residuals, damped by the diagonal, by repeated weighting (weights min(1, δ/|r|) of the linearised
/// residuals; where noise exceeds δ the sum is nearly one of absolute values, and one weighting per evaluation of the law would take many of these). Steps that do not lower the Huber sum itself are refused. Parameters at a bound that the gradient pushes outwards are held.
/// Work per step: one evaluation of the law and a few times O(points · parameters²).
/// </summary>
internal sealed class HuberGaussNewton(LossLaw law, IReadOnlyList<FitData> data, double[] lower, double[] upper)
{
    private const double Delta = 1e-3;
    private const double LargestMove = 2;
    private const int Weightings = 10;
    private const double FirstDamping = 1e-3;
    private const double SameMove = 0.02;

    private readonly int parameters = law.Parameters.Count;
    private readonly int points = data.Sum(one => one.Count);

    /// <summary>Huber(r): r²/2 near zero, δ(|r| − δ/2) beyond δ.</summary>
    public static double Huber(double residual) =>
        Math.Abs(residual) <= Delta ? residual * residual / 2 : Delta * (Math.Abs(residual) - (Delta / 2));

    /// <summary>Minimises.</summary>
    /// <param name="theta">Logarithms of the parameters: start, and result.</param>
    /// <param name="observed">y, one per point of all curves.</param>
    /// <param name="steps">Most steps.</param>
    /// <param name="tolerance">Ends after steps in a row that gain less than this part of the sum, or eight that gain nothing.</param>
    /// <param name="mostIdle">How many such steps in a row.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="known">The law at the start, where it has been evaluated.</param>
    /// <returns>The Huber sum.</returns>
    public double Minimize(double[] theta, ReadOnlySpan<double> observed, int steps, double tolerance, int mostIdle, CancellationToken cancellation, StartEvaluation? known = null)
    {
        double[] residuals = new double[points], slopes = new double[points * parameters], trialResiduals = new double[points], trialSlopes = new double[points * parameters];
        double[] matrix = new double[parameters * parameters], gradient = new double[parameters], move = new double[parameters], trial = new double[parameters], work = new double[parameters * parameters], linear = new double[points], earlier = new double[parameters];
        Clamp(theta);
        var value = known is null ? Evaluate(theta, observed, residuals, slopes) : known.For(this, theta, observed, residuals, slopes);
        var damping = FirstDamping;
        int idle = 0, refused = 0;
        for (var step = 0; step < steps && idle < mostIdle && refused < 8 && double.IsFinite(value); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Move(theta, residuals, slopes, damping))
            {
                damping *= 10;
                refused++;
                continue;
            }

            for (var j = 0; j < parameters; j++)
                trial[j] = Math.Clamp(theta[j] - Math.Clamp(move[j], -LargestMove, LargestMove), lower[j], upper[j]);
            var next = Evaluate(trial, observed, trialResiduals, trialSlopes);
            if (!(next < value))
            {
                damping *= 10;
                refused++;
                continue;
            }

            refused = 0;
            idle = value - next < tolerance * value ? idle + 1 : 0;
            value = next;
            trial.CopyTo(theta, 0);
            (residuals, trialResiduals) = (trialResiduals, residuals);
            (slopes, trialSlopes) = (trialSlopes, slopes);
            damping = Math.Max(damping / 4, 1e-9);
        }

        return value;

        // The step that minimises the damped Huber sum of the linearised residuals, nearly.
        bool Move(double[] from, double[] at, double[] by, double damped)
        {
            at.CopyTo(linear, 0);
            for (var weighting = 0; weighting < Weightings; weighting++)
            {
                Normal(from, at, linear, by, matrix, gradient);
                if (!Solve(matrix, gradient, from, damped, work, move))
                    return weighting > 0 && Restore();
                double change = 0, size = 0;
                for (var j = 0; j < parameters; j++)
                {
                    change = Math.Max(change, Math.Abs(move[j] - earlier[j]));
                    size = Math.Max(size, Math.Abs(move[j]));
                }

                move.CopyTo(earlier, 0);
                if (weighting > 0 && change <= SameMove * size || size > LargestMove)
                    break;
                for (var i = 0; i < points; i++)
                {
                    var sum = at[i];
                    for (var j = 0; j < parameters; j++)
                        sum -= by[(i * parameters) + j] * move[j];
                    linear[i] = sum;
                }
            }

            return true;
        }

        bool Restore()
        {
            earlier.CopyTo(move, 0);
            return true;
        }
    }

    /// <summary>The amplitudes that fit best at given other parameters, by nonnegative least squares of relative errors over all subsets of amplitudes.</summary>
    /// <param name="theta">Logarithms: the amplitudes are replaced.</param>
    /// <param name="observed">y.</param>
    public void SetAmplitudes(double[] theta, ReadOnlySpan<double> observed)
    {
        var amplitudes = Enumerable.Range(0, parameters).Where(j => law.Parameters[j].IsAmplitude).ToArray();
        foreach (var j in amplitudes)
            theta[j] = 0;
        double[] losses = new double[points], slopes = new double[points * parameters];
        Losses(theta, losses, slopes);
        var columns = amplitudes.Select(j => new double[points]).ToArray();
        for (var i = 0; i < points; i++)
        {
            var weight = Math.Exp(-observed[i]);
            for (var a = 0; a < amplitudes.Length; a++)
                columns[a][i] = slopes[(i * parameters) + amplitudes[a]] * weight;
        }

        var best = NonnegativeSquares.Solve(columns);
        for (var a = 0; a < amplitudes.Length; a++)
        {
            // A term that the squares leave out begins at a small part of the loss, so that it can still grow.
            var size = Math.Sqrt(columns[a].Sum(x => x * x) / points);
            theta[amplitudes[a]] = size > 0 ? Math.Log(Math.Max(best[a], 1e-3 / size)) : lower[amplitudes[a]];
        }

        Clamp(theta);
    }

    /// <summary>Logarithms of the losses at the points of all curves, and their slopes; NaN where a loss is not positive.</summary>
    public double Evaluate(double[] theta, ReadOnlySpan<double> observed, Span<double> residuals, Span<double> slopes)
    {
        Losses(theta, residuals, slopes);
        for (var i = 0; i < points; i++)
        {
            var loss = residuals[i];
            if (!(loss > 0) || !double.IsFinite(loss))
                return double.PositiveInfinity;
            residuals[i] = Math.Log(loss) - observed[i];
            var row = slopes.Slice(i * parameters, parameters);
            for (var j = 0; j < parameters; j++)
                row[j] /= loss;
        }

        return Sum(theta, residuals);
    }

    // The Huber sum and what priors add.
    private double Sum(double[] theta, ReadOnlySpan<double> residuals)
    {
        var sum = 0.0;
        for (var i = 0; i < points; i++)
            sum += Huber(residuals[i]);
        foreach (var prior in law.Priors)
        {
            var off = Departure(prior, theta);
            sum += Delta * Delta * off * off / 2;
        }

        return sum;
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
            (logs, slopes) = (new double[minimizer.points], new double[minimizer.points * minimizer.parameters]);
            minimizer.Evaluate(theta, new double[minimizer.points], logs, slopes);
        }

        /// <summary>Residuals and slopes at the start.</summary>
        public double For(HuberGaussNewton minimizer, double[] theta, ReadOnlySpan<double> observed, Span<double> residuals, Span<double> by)
        {
            for (var i = 0; i < logs.Length; i++)
                residuals[i] = logs[i] - observed[i];
            slopes.CopyTo(by);
            return minimizer.Sum(theta, residuals);
        }
    }

    private void Losses(double[] theta, Span<double> losses, Span<double> slopes)
    {
        Span<double> values = stackalloc double[parameters];
        for (var j = 0; j < parameters; j++)
            values[j] = Math.Exp(theta[j]);
        var start = 0;
        foreach (var one in data)
        {
            law.Evaluate(one.Cells, values, losses.Slice(start, one.Count), slopes.Slice(start * parameters, one.Count * parameters));
            start += one.Count;
        }
    }

    private void Clamp(double[] theta)
    {
        for (var j = 0; j < parameters; j++)
            theta[j] = Math.Clamp(theta[j], lower[j], upper[j]);
    }

    // In standard deviations.
    private static double Departure(LawPrior prior, double[] theta)
    {
        var sum = -prior.Mean;
        for (var j = 0; j < theta.Length; j++)
            sum += prior.Coefficients[j] * theta[j];
        return sum / prior.Deviation;
    }

    // The normal equations of the squares with weights of the linearised residuals.
    private void Normal(double[] theta, double[] residuals, double[] linear, double[] slopes, double[] matrix, double[] gradient)
    {
        Array.Clear(matrix);
        Array.Clear(gradient);
        for (var i = 0; i < points; i++)
        {
            var weight = Math.Min(1, Delta / Math.Max(Math.Abs(linear[i]), 1e-300));
            var row = slopes.AsSpan(i * parameters, parameters);
            for (var j = 0; j < parameters; j++)
            {
                var scaled = weight * row[j];
                gradient[j] += scaled * residuals[i];
                for (var l = 0; l <= j; l++)
                    matrix[(j * parameters) + l] += scaled * row[l];
            }
        }

        foreach (var prior in law.Priors)
        {
            var off = Departure(prior, theta);
            for (var j = 0; j < parameters; j++)
            {
                var scaled = Delta * Delta * prior.Coefficients[j] / prior.Deviation;
                gradient[j] += scaled * off;
                for (var l = 0; l <= j; l++)
                    matrix[(j * parameters) + l] += scaled * prior.Coefficients[l] / prior.Deviation;
            }
        }
    }

    // Cholesky of the damped matrix; held parameters become unit rows.
    private bool Solve(double[] matrix, double[] gradient, double[] theta, double damping, double[] work, double[] move)
    {
        var n = parameters;
        var trace = 1e-30;
        for (var j = 0; j < n; j++)
            trace = Math.Max(trace, matrix[(j * n) + j]);
        matrix.CopyTo(work, 0);
        gradient.CopyTo(move, 0);
        for (var j = 0; j < n; j++)
        {
            var isHeld = (theta[j] <= lower[j] && gradient[j] > 0) || (theta[j] >= upper[j] && gradient[j] < 0);
            if (isHeld)
            {
                for (var l = 0; l < n; l++)
                    work[(Math.Max(j, l) * n) + Math.Min(j, l)] = 0;
                work[(j * n) + j] = 1;
                move[j] = 0;
            }
            else
            {
                work[(j * n) + j] += damping * (matrix[(j * n) + j] + (1e-9 * trace));
            }
        }

        return SmallCholesky.Solve(work, move);
    }
}
