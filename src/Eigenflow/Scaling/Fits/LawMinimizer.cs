using System.Runtime.CompilerServices;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;

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

    // Of a matrix with a unit diagonal; less is rounding.
    private const double SmallestPivot = 1e-15;

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
        var options = new DescentOptions
        {
            FirstDamping = 1e-6,
            LeastGrown = 1e-6,
            Decrease = 10,
            LeastDivided = 1e-9,
            MostRefused = 12,
            EndsWhereEqual = true,
            Tolerance = tolerance,
            Patience = patience,
            MostSteps = mostSteps,
        };
        return LevenbergMarquardt.Minimize(new Descent(this, observed), theta, trial, Evaluate(theta, observed, values, slopes), options);
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
            Accept();
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

        LevenbergMarquardt.Hold(matrix, gradient, theta, lower, upper);
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
            move[j] = gradient[j] / Math.Sqrt(size);
        }

        if (!SmallCholesky.Solve(work, move, SmallestPivot))
            return false;
        for (var j = 0; j < parameters; j++)
            move[j] /= Math.Sqrt(matrix[(j * parameters) + j]);
        return true;
    }

    private void Accept()
    {
        (values, trialValues) = (trialValues, values);
        (slopes, trialSlopes) = (trialSlopes, slopes);
    }

    private readonly ref struct Descent(LawMinimizer of, ReadOnlySpan<double> observed) : IDampedDescent
    {
        private readonly ReadOnlySpan<double> observed = observed;

        public Proposal Propose(double[] theta, double value, double damping, double[] trial)
        {
            of.Normal(theta, observed);
            if (!of.Solve(damping))
                return Proposal.Singular;
            for (var j = 0; j < theta.Length; j++)
            {
                var largest = LargestMove * Math.Max(1, Math.Abs(theta[j]));
                trial[j] = Math.Clamp(theta[j] - Math.Clamp(of.move[j], -largest, largest), of.lower[j], of.upper[j]);
            }

            return Proposal.Damped;
        }

        public double Evaluate(double[] trial) => of.Evaluate(trial, observed, of.trialValues, of.trialSlopes);

        public void Accept(Proposal proposal) => of.Accept();

        public void Refuse(Proposal proposal)
        {
        }
    }
}
