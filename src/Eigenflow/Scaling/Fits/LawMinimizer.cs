using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// Weighted least squares of ln f(x_i; θ) − v_i over a box by Levenberg–Marquardt steps with damping by the diagonal; parameters at a bound that the gradient pushes outwards are held.
/// Holds its buffers, so that thousands of fits of one curve allocate nothing; not for several threads at once.
/// Work per step O(points · parameters²).
/// </summary>
internal sealed class LawMinimizer
{
    private const int MostSteps = 200;
    private const double LargestMove = 3;

    private readonly ScalingLaw law;
    private readonly double[] u;
    private readonly double[] weights;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly int parameters;
    private readonly double[] matrix;
    private readonly double[] work;
    private readonly double[] gradient;
    private readonly double[] move;
    private readonly double[] trial;
    private double[] values;
    private double[] slopes;
    private double[] trialValues;
    private double[] trialSlopes;

    public LawMinimizer(ScalingLaw law, LogPoints points, double[] lower, double[] upper)
    {
        (this.law, u, weights, this.lower, this.upper, parameters) = (law, points.U.ToArray(), points.Weights.ToArray(), lower, upper, law.Parameters.Count);
        (matrix, work) = (new double[parameters * parameters], new double[parameters * parameters]);
        (gradient, move, trial) = (new double[parameters], new double[parameters], new double[parameters]);
        (values, trialValues) = (new double[u.Length], new double[u.Length]);
        (slopes, trialSlopes) = (new double[u.Length * parameters], new double[u.Length * parameters]);
    }

    /// <summary>ln f at the last minimum.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Derivatives of ln f at the last minimum, row by row.</summary>
    public ReadOnlySpan<double> Slopes => slopes;

    /// <summary>Minimises from θ, which receives the minimum.</summary>
    /// <param name="theta">Start, and result.</param>
    /// <param name="observed">Logarithms of y.</param>
    /// <param name="tolerance">A step that lowers the sum by less than this part is idle.</param>
    /// <param name="patience">Ends after so many idle steps in a row.</param>
    /// <param name="mostSteps">Ends after so many steps.</param>
    /// <returns>The sum of squares; infinite where the law cannot be evaluated at the start.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Minimize(double[] theta, ReadOnlySpan<double> observed, double tolerance, int patience = 2, int mostSteps = MostSteps)
    {
        for (var j = 0; j < parameters; j++)
            theta[j] = Math.Clamp(theta[j], lower[j], upper[j]);
        var sum = Evaluate(theta, observed, values, slopes);
        var damping = 1e-6;
        int idle = 0, refused = 0;
        for (var step = 0; step < mostSteps && idle < patience && refused < 12 && sum > 0 && double.IsFinite(sum); step++)
        {
            Normal(theta, observed);
            if (!Solve(damping))
            {
                damping = 10 * Math.Max(damping, 1e-6);
                refused++;
                continue;
            }

            for (var j = 0; j < parameters; j++)
            {
                var largest = LargestMove * Math.Max(1, Math.Abs(theta[j]));
                trial[j] = Math.Clamp(theta[j] - Math.Clamp(move[j], -largest, largest), lower[j], upper[j]);
            }

            var next = Evaluate(trial, observed, trialValues, trialSlopes);
            if (!(next < sum))
            {
                // A step that changes nothing at all is the end, not a refusal.
                if (next == sum)
                    break;
                damping = 10 * Math.Max(damping, 1e-6);
                refused++;
                continue;
            }

            refused = 0;
            idle = sum - next < tolerance * sum ? idle + 1 : 0;
            sum = next;
            trial.CopyTo(theta, 0);
            (values, trialValues) = (trialValues, values);
            (slopes, trialSlopes) = (trialSlopes, slopes);
            damping = damping < 1e-9 ? 0 : damping / 10;
        }

        return sum;
    }

    /// <summary>Steps of Gauss and Newton from a minimum for as long as they shrink: the sum of squares is flat there to half the digits, the gradient is not.</summary>
    /// <param name="theta">The minimum, and the better one.</param>
    /// <param name="observed">Logarithms of y.</param>
    /// <returns>The sum of squares.</returns>
    public double Polish(double[] theta, ReadOnlySpan<double> observed)
    {
        const int most = 40;
        const double smallest = 1e-14, shrinks = 0.9, growth = 1e-9;
        var sum = Evaluate(theta, observed, values, slopes);
        var previous = double.PositiveInfinity;
        for (var step = 0; step < most; step++)
        {
            Normal(theta, observed);
            if (!Solve(0))
                break;
            var size = 0.0;
            for (var j = 0; j < parameters; j++)
            {
                trial[j] = Math.Clamp(theta[j] - move[j], lower[j], upper[j]);
                size = Math.Max(size, Math.Abs(trial[j] - theta[j]) / (1 + Math.Abs(theta[j])));
            }

            if (!(size > smallest && size < shrinks * previous))
                break;
            var next = Evaluate(trial, observed, trialValues, trialSlopes);
            if (!(next <= sum * (1 + growth)))
                break;
            (sum, previous) = (next, size);
            trial.CopyTo(theta, 0);
            (values, trialValues) = (trialValues, values);
            (slopes, trialSlopes) = (trialSlopes, slopes);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Evaluate(double[] theta, ReadOnlySpan<double> observed, double[] value, double[] slope)
    {
        law.Evaluate(u, theta, value, slope);
        var sum = 0.0;
        for (var i = 0; i < value.Length; i++)
        {
            var residual = value[i] - observed[i];
            sum += weights[i] * residual * residual;
        }

        return double.IsFinite(sum) ? sum : double.PositiveInfinity;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normal(double[] theta, ReadOnlySpan<double> observed)
    {
        Array.Clear(matrix);
        Array.Clear(gradient);
        for (var i = 0; i < u.Length; i++)
        {
            var weight = weights[i];
            var residual = weight * (values[i] - observed[i]);
            var row = slopes.AsSpan(i * parameters, parameters);
            for (var j = 0; j < parameters; j++)
            {
                gradient[j] += row[j] * residual;
                var slope = weight * row[j];
                for (var k = 0; k <= j; k++)
                    matrix[(j * parameters) + k] += slope * row[k];
            }
        }

        for (var j = 0; j < parameters; j++)
        {
            // The gradient descends along −g: out of the box where it is positive at the lower bound. What the curve does not feel stays where it is.
            if (matrix[(j * parameters) + j] > 0 && (theta[j] > lower[j] || gradient[j] <= 0) && (theta[j] < upper[j] || gradient[j] >= 0))
                continue;
            gradient[j] = 0;
            for (var k = 0; k < parameters; k++)
            {
                if (k != j)
                    matrix[(Math.Max(j, k) * parameters) + Math.Min(j, k)] = 0;
            }

            matrix[(j * parameters) + j] = 1;
        }
    }

    // Cholesky of the damped matrix, scaled to a unit diagonal; false where it is not positive.
    private bool Solve(double damping)
    {
        for (var j = 0; j < parameters; j++)
        {
            var size = matrix[(j * parameters) + j];
            if (!(size > 0))
                return false;
            for (var k = 0; k <= j; k++)
                work[(j * parameters) + k] = matrix[(j * parameters) + k] / Math.Sqrt(size * matrix[(k * parameters) + k]);
            work[(j * parameters) + j] += damping;
        }

        for (var j = 0; j < parameters; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                var sum = work[(j * parameters) + k];
                for (var m = 0; m < k; m++)
                    sum -= work[(j * parameters) + m] * work[(k * parameters) + m];
                if (k < j)
                    work[(j * parameters) + k] = sum / work[(k * parameters) + k];
                else if (sum > 1e-15)
                    work[(j * parameters) + j] = Math.Sqrt(sum);
                else
                    return false;
            }
        }

        for (var j = 0; j < parameters; j++)
        {
            var sum = gradient[j] / Math.Sqrt(matrix[(j * parameters) + j]);
            for (var m = 0; m < j; m++)
                sum -= work[(j * parameters) + m] * move[m];
            move[j] = sum / work[(j * parameters) + j];
        }

        for (var j = parameters - 1; j >= 0; j--)
        {
            var sum = move[j];
            for (var m = j + 1; m < parameters; m++)
                sum -= work[(m * parameters) + j] * move[m];
            move[j] = sum / work[(j * parameters) + j];
        }

        for (var j = 0; j < parameters; j++)
            move[j] /= Math.Sqrt(matrix[(j * parameters) + j]);
        return true;
    }
}
